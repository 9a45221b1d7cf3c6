namespace Ums.Notifier.Providers;

/// <summary>What is known after a call to a provider.</summary>
internal abstract record ProviderAnswer
{
    private const int LongestReference = 100;

    /// <summary>The provider asks for fewer.</summary>
    public static readonly ProviderAnswer TooMany = new NotSent("too-many", Again: true);

    /// <summary>The provider does not take this message, nor would it later.</summary>
    public static readonly ProviderAnswer Refused = new NotSent("refused", Again: false);

    /// <summary>An answer that nobody understands.</summary>
    public static readonly ProviderAnswer Garbled = new Unknown("garbled");

    public static ProviderAnswer Under(string? reference) => reference is { Length: > 0 and <= LongestReference } ? new Accepted(reference) : Garbled;

    /// <summary>The provider has the message.</summary>
    /// <param name="Reference">The provider's id of it.</param>
    internal sealed record Accepted(string Reference) : ProviderAnswer;

    /// <summary>The provider certainly does not have it: no connection, refused, too many.</summary>
    /// <param name="Reason">A stable word, never the provider's free text.</param>
    /// <param name="Again">Whether the same message may succeed in a moment or with another provider.</param>
    internal sealed record NotSent(string Reason, bool Again) : ProviderAnswer;

    /// <summary>The provider may or may not have it: a timeout or a fault after the request had left. Only a receipt can tell.</summary>
    internal sealed record Unknown(string Reason) : ProviderAnswer;
}
