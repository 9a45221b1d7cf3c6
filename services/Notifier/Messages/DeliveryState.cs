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

    /// <summary>Final: it was worthless before it could be sent.</summary>
    Expired,
}

internal static class DeliveryStates
{
    public static readonly ValueConverter<DeliveryState, string> Converter = new(
        state => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()), text => Enum.Parse<DeliveryState>(text.Replace("-", ""), true));

    public static readonly ValueConverter<Channel, string> ChannelConverter = new(channel => Word(channel), text => Enum.Parse<Channel>(text, true));

    /// <summary>The states that <paramref name="next"/> may follow. A state never follows itself, so a repeated receipt changes nothing.</summary>
    public static DeliveryState[] Before(DeliveryState next) => next switch
    {
        DeliveryState.Unknown or DeliveryState.NotSent or DeliveryState.Expired => [DeliveryState.Sending],
        DeliveryState.Accepted => [DeliveryState.Sending, DeliveryState.Unknown],
        DeliveryState.Delivered or DeliveryState.Failed => [DeliveryState.Sending, DeliveryState.Unknown, DeliveryState.Accepted],
        _ => [],
    };

    /// <summary>As it stands in our messages and tables: <c>sms</c> or <c>voice</c>.</summary>
    public static string Word(this Channel channel) => channel == Channel.Sms ? "sms" : "voice";
}
