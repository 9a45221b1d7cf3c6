using Ums.Notifier.Providers;

namespace Ums.Notifier.Dispatch;

/// <summary>
/// Where dispatchers take their work from and put down what came of it. The database is one; the other lives in the simulation that crashes it between any
/// two steps.
/// </summary>
internal interface IDispatchStore
{
    /// <summary>Commits the first attempts at some of the alert's recipients that nobody else has claimed.</summary>
    /// <returns>Null where there are none, or the alert does not send just now.</returns>
    Task<Claim?> ClaimSliceAsync(Guid alertId, Channel channel, string provider, int shard, CancellationToken cancellationToken);

    /// <summary>Commits further attempts that are due.</summary>
    /// <param name="provider">Chooses for a recipient, given whom the last attempt went through.</param>
    /// <returns>Null where none is due.</returns>
    Task<Claim?> ClaimDueAsync(Guid alertId, Channel channel, Func<string, string> provider, int shard, CancellationToken cancellationToken);

    /// <summary>Settles a claim.</summary>
    /// <returns>False where it was no longer ours: nothing is recorded then.</returns>
    Task<bool> SettleAsync(Claim claim, IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken);

    /// <summary>Records what receipts tell.</summary>
    /// <returns>The attempts that are not an alert's.</returns>
    Task<IReadOnlyCollection<Guid>> RecordAsync(IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken);

    /// <summary>Takes claims away whose deadline has passed, and calls their attempts what they are: unknown.</summary>
    /// <returns>How many attempts.</returns>
    Task<int> SweepAsync(int shard, CancellationToken cancellationToken);
}

/// <summary>Attempts that are committed and about to be made.</summary>
internal sealed record Claim(Guid Id, Guid AlertId, Guid OrganisationId, Channel Channel, IReadOnlyList<ClaimedAttempt> Attempts);

/// <param name="Phone">Sealed.</param>
internal sealed record ClaimedAttempt(Guid Id, string Provider, byte[] Phone)
{
    public override string ToString() => $"{nameof(ClaimedAttempt)} {Id}";
}
