namespace Ums.Notifier.Providers;

/// <summary>The seam to whoever carries our messages. Every implementation passes the same contract tests.</summary>
internal interface IMessageProvider
{
    /// <summary>Stands in attempt rows and receipt addresses: lower-case letters and digits.</summary>
    string Name { get; }

    bool Carries(Channel channel);

    /// <summary>Its receipts name a message by the provider's own id (<see cref="ReceiptSink"/>), and do not come to the attempt's address.</summary>
    bool ReportsByReference => false;

    /// <summary>Until when it has asked to be given nothing; what it is given before is answered with <see cref="ProviderAnswer.TooMany"/>.</summary>
    DateTimeOffset QuietUntil => default;

    /// <summary>
    /// Hands one message over, once: no retries inside. An exception means <see cref="ProviderAnswer.Unknown"/>, so what certainly did not leave is answered
    /// with <see cref="ProviderAnswer.NotSent"/>.
    /// </summary>
    Task<ProviderAnswer> SendAsync(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Reads what came to a receipt address, after the address itself has been found genuine.</summary>
    /// <returns>Null where it is not a receipt of this provider.</returns>
    Task<Receipt?> ReadReceiptAsync(HttpRequest request, CancellationToken cancellationToken);
}

internal enum ReceiptKind
{
    /// <summary>On its way; the phone may be off.</summary>
    Sent,
    Delivered,
    Failed,
}

/// <param name="Reason">Why it failed: a stable word.</param>
/// <param name="Acknowledged">Somebody pressed the key that the call asked for.</param>
internal sealed record Receipt(ReceiptKind Kind, string? Reason = null, bool Acknowledged = false);
