using Ums.ProviderDoubles.Ledger;

namespace Ums.ProviderDoubles.Wires;

/// <summary>What a request asks for.</summary>
/// <param name="Text">Of a call: what is to be said and done, in the provider's own words.</param>
public readonly record struct Handed(string Channel, string To, string From, string Text, string Callback);

/// <summary>A request's refusal.</summary>
public sealed record Refusal(int Status, string Body);

/// <summary>One provider's API: how it is asked and how it answers and reports.</summary>
public abstract class Wire
{
    public static IReadOnlySet<string> States { get; } = new HashSet<string> { "sent", "delivered", "failed" };

    public abstract string Name { get; }

    /// <summary>Where its paths begin, with a slash at both ends.</summary>
    public abstract string Root { get; }

    public abstract string ContentType { get; }

    public virtual int AcceptedStatus => 200;

    public static Wire? Named(string name) => name switch
    {
        "46elks" => new FortySixElksWire(),
        "twilio" => new TwilioWire(),
        "sinch" => new SinchWire(),
        _ => null,
    };

    /// <param name="path">Below <see cref="Root"/>.</param>
    /// <returns>Null where it takes what it was handed.</returns>
    public abstract Refusal? Read(string path, string authorisation, ReadOnlySpan<byte> body, out Handed handed);

    public abstract string NewId(string channel, long number);

    public abstract byte[] Accepted(string id, in Handed handed);

    public abstract string Error(int status);

    /// <param name="state">One of <see cref="States"/>.</param>
    /// <returns>Null where this provider says nothing of that state.</returns>
    public abstract HttpContent? Report(LedgerEntry entry, string state);

    /// <summary>Holds a call: what the person who picked up hears and presses.</summary>
    /// <returns>False where it broke off.</returns>
    public virtual Task<bool> CallAsync(LedgerEntry entry, ICall call) => Task.FromResult(true);

    /// <summary>What a report is signed with, where its address and content are to be proven.</summary>
    public virtual void Sign(HttpRequestMessage report)
    {
    }
}
