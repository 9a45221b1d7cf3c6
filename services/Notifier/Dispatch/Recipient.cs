using Ums.Notifier.Alerts;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Dispatch;

/// <summary>What a person in an alert's audience is counted as. The table's view says the same in SQL; a test compares them.</summary>
internal enum RecipientState
{
    Waiting,
    Sending,
    Unknown,
    Accepted,
    Delivered,
    Failed,
    Expired,
    Cancelled,
}

/// <summary>One call to a provider, as its row has it.</summary>
internal sealed class AttemptRow
{
    public required Guid Id { get; init; }

    public required Guid AlertId { get; init; }

    public required long Slice { get; init; }

    public required short N { get; init; }

    public required AttemptFacts Facts { get; init; }

    public required string Provider { get; init; }

    public DeliveryState State { get; set; }

    public string? Reason { get; set; }

    public string? Reference { get; set; }

    /// <summary>The attempt that is to follow.</summary>
    public NextAttempt? Next { get; set; }

    /// <summary>Another attempt has been begun after it.</summary>
    public bool Followed { get; set; }

    public bool Acknowledged { get; set; }

    /// <summary>Since it ended for us; null while it is under way.</summary>
    public TimeSpan? Age { get; init; }

    public bool Changed { get; set; }
}

/// <param name="Again">For <see cref="DeliveryState.NotSent"/>: whether the same message may succeed in a moment.</param>
/// <param name="Acknowledged">A key was pressed.</param>
/// <param name="ByReference">The provider will tell of it by <paramref name="Reference"/>, and not by the attempt's address.</param>
internal sealed record Outcome(
    Guid AttemptId, DeliveryState State, string? Reason = null, string? Reference = null, bool Again = false, bool Acknowledged = false, bool ByReference = false);

/// <summary>
/// A recipient by its attempts: delivered once is delivered for good, else the last attempt decides. What is recorded moves an attempt forward or not at all, so
/// it may come twice, late and out of order.
/// </summary>
/// <param name="attempts">All there are.</param>
internal sealed class Recipient(IEnumerable<AttemptRow> attempts)
{
    private readonly List<AttemptRow> attempts = [.. attempts.OrderBy(attempt => attempt.Facts.Number)];

    public IReadOnlyList<AttemptRow> Attempts => attempts;

    public AttemptRow Last => attempts[^1];

    public bool IsDelivered => attempts.Exists(attempt => attempt.State == DeliveryState.Delivered);

    public bool IsAcknowledged => attempts.Exists(attempt => attempt.Acknowledged);

    public RecipientState State => IsDelivered ? RecipientState.Delivered : Last switch
    {
        { Next: not null, State: DeliveryState.NotSent or DeliveryState.Failed } => RecipientState.Waiting,
        { State: DeliveryState.NotSent } => RecipientState.Failed,
        var last => Enum.Parse<RecipientState>(last.State.ToString()),
    };

    /// <param name="options">Null where the alert is over, so that nothing follows any more.</param>
    public void Record(Outcome outcome, AlertOptions? options, TimeSpan grace)
    {
        var attempt = attempts.Single(a => a.Id == outcome.AttemptId);
        if (outcome.Acknowledged && !attempt.Acknowledged)
        {
            (attempt.Acknowledged, attempt.Changed) = (true, true);
        }
        if (outcome.Reference is not null && attempt.Reference is null)
        {
            (attempt.Reference, attempt.Changed) = (outcome.Reference, true);
        }
        if (DeliveryStates.Before(outcome.State).Contains(attempt.State))
        {
            (attempt.State, attempt.Reason, attempt.Changed) = (outcome.State, outcome.Reason, true);
            attempt.Next = options is null || attempt != Last ? null : Follow(attempt, outcome, options, grace);
        }
        if ((IsDelivered && !MayBeRepeated(options)) || IsAcknowledged)
        {
            foreach (var pending in attempts.Where(a => a.Next is not null))
            {
                (pending.Next, pending.Changed) = (null, true);
            }
        }
    }

    /// <summary>Takes the attempt that is due; the caller commits it before anybody is called.</summary>
    public AttemptRow Begin(Guid id, string provider)
    {
        var (last, next) = (Last, Last.Next ?? throw new InvalidOperationException("No attempt is due."));
        (last.Next, last.Followed, last.Changed) = (null, true, true);
        var attempt = new AttemptRow
        {
            Id = id, AlertId = last.AlertId, Slice = last.Slice, N = last.N, Provider = provider, State = DeliveryState.Sending,
            Facts = new AttemptFacts(last.Facts.Number + 1, next.Rounds, next.Channel),
        };
        attempts.Add(attempt);
        return attempt;
    }

    private NextAttempt? Follow(AttemptRow attempt, Outcome outcome, AlertOptions options, TimeSpan grace) => outcome.State switch
    {
        DeliveryState.Delivered => attempt.Acknowledged ? null : NextAttempt.OfUnacknowledged(attempt.Facts, options),
        _ when IsDelivered && !MayBeRepeated(options) => null,
        _ => NextAttempt.Of(attempt.Facts, outcome.State, outcome.Again, options, grace),
    };

    /// <summary>A call that was answered may still be repeated until a key is pressed; an SMS that arrived needs nothing more.</summary>
    private bool MayBeRepeated(AlertOptions? options) =>
        options is { Acknowledge: true } && !IsAcknowledged && attempts.TrueForAll(a => a.State != DeliveryState.Delivered || a.Facts.Channel == Channel.Voice);
}
