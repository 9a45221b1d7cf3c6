using Ums.Notifier.Messages;

namespace Ums.Notifier.Receipts;

/// <summary>A genuine receipt for an attempt that is not to be seen yet.</summary>
internal sealed class EarlyReceipt
{
    public Guid AttemptId { get; init; }

    public DeliveryState State { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}
