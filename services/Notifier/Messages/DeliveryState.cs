using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Messages;

/// <summary>Of a message, and of each attempt at it. States only move forward; <see cref="DeliveryStates.Before"/> says from where.</summary>
internal enum DeliveryState
{
    /// <summary>Committed; the provider is about to be called, is being called, or has been when we died.</summary>
    Sending,

    /// <summary>The provider may or may not have it; a receipt can still tell.</summary>
    Unknown,

    /// <summary>The provider has it.</summary>
    Accepted,

    /// <summary>Final, of an attempt: the provider does not have it.</summary>
    NotSent,

    /// <summary>Final: it reached the phone.</summary>
    Delivered,

    /// <summary>Final: it did not and will not.</summary>
    Failed,

    /// <summary>Final: it was worthless before it could be sent, or nothing was heard of it before its time was over.</summary>
    Expired,

    /// <summary>Final: somebody stopped it before it left.</summary>
    Cancelled,
}

internal static class DeliveryStates
{
    private static readonly string[] Words = [.. Enum.GetNames<DeliveryState>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    public static readonly ValueConverter<DeliveryState, string> Converter = new(state => state.Word(), text => Of(text));

    public static readonly ValueConverter<Channel, string> ChannelConverter = new(channel => Word(channel), text => ChannelOf(text));

    /// <summary>The states that <paramref name="next"/> may follow. A state never follows itself, so a repeated receipt changes nothing.</summary>
    public static DeliveryState[] Before(DeliveryState next) => next switch
    {
        DeliveryState.Unknown or DeliveryState.NotSent or DeliveryState.Cancelled => [DeliveryState.Sending],
        DeliveryState.Expired => [DeliveryState.Sending, DeliveryState.Unknown, DeliveryState.Accepted],
        DeliveryState.Accepted => [DeliveryState.Sending, DeliveryState.Unknown],
        DeliveryState.Delivered or DeliveryState.Failed => [DeliveryState.Sending, DeliveryState.Unknown, DeliveryState.Accepted],
        _ => [],
    };

    /// <summary>As it stands in our tables, such as <c>not-sent</c>.</summary>
    public static string Word(this DeliveryState state) => Words[(int)state];

    /// <exception cref="ArgumentException">No such state.</exception>
    public static DeliveryState Of(string word) =>
        Array.IndexOf(Words, word) is >= 0 and var state ? (DeliveryState)state : throw new ArgumentException("Not a delivery state.", nameof(word));

    /// <summary>As it stands in our messages and tables: <c>sms</c> or <c>voice</c>.</summary>
    public static string Word(this Channel channel) => channel == Channel.Sms ? "sms" : "voice";

    /// <exception cref="ArgumentException">No such channel.</exception>
    public static Channel ChannelOf(string word) => word switch
    {
        "sms" => Channel.Sms,
        "voice" => Channel.Voice,
        _ => throw new ArgumentException("Not a channel.", nameof(word)),
    };
}
