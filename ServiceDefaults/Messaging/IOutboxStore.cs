namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// Where relays take their rows from and put down what came of them. The database is one; the other lives in the simulation that lets relays die and sleep between
/// any two steps.
/// </summary>
internal interface IOutboxStore
{
    /// <summary>Takes up to <paramref name="limit"/> due rows of a lane; rows that another relay has or is just taking are passed over.</summary>
    Task<OutboxBatch> ClaimAsync(OutboxLane lane, int limit, CancellationToken cancellationToken);

    /// <summary>Writes down how each row of a claim ended.</summary>
    /// <returns>How many rows still belonged to the claim; fewer than given where the lease had run out.</returns>
    Task<int> SettleAsync(Guid lease, IReadOnlyList<OutboxOutcome> outcomes, CancellationToken cancellationToken);
}

/// <summary>Two lanes, so that what waits for the broker never stands before what may not wait.</summary>
internal enum OutboxLane
{
    Ordinary,
    Urgent,
}

internal sealed record OutboxRow(long Id, Guid MessageId, string Type, string Payload, string? TraceParent, bool Urgent, int Attempts);

internal sealed record OutboxBatch(Guid Lease, IReadOnlyList<OutboxRow> Rows);
