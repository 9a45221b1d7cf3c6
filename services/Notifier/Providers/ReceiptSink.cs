namespace Ums.Notifier.Providers;

/// <summary>Takes receipts that name a message by the provider's own id, because they come over a session or to one address for all, and not to an attempt's address.</summary>
/// <exception cref="UnknownReferenceException">It could not be applied and is to be brought again.</exception>
/// <param name="reference">As in <see cref="ProviderAnswer.Accepted"/>; the attempt may not have it yet.</param>
internal delegate Task ReceiptSink(string provider, string reference, Receipt receipt, CancellationToken cancellationToken);

/// <summary>No attempt has that reference, or not yet: the receipt is to be brought again.</summary>
internal sealed class UnknownReferenceException() : Exception("No attempt has that reference, or not yet.");
