namespace Ums.Notifier.Providers;

/// <summary>What is known after a call to a provider.</summary>
internal abstract record ProviderAnswer
{
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
