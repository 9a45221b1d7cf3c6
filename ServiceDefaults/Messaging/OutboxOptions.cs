namespace Ums.ServiceDefaults.Messaging;

/// <summary>How the relay works; section <c>Outbox</c> of the configuration.</summary>
internal sealed class OutboxOptions
{
    /// <summary>Rows claimed at once; the most that a crash can publish twice.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>Ordinary batches under way at once: one message that the broker never confirms holds up its own batch for <see cref="PublishTimeout"/>, not the others.</summary>
    public int OrdinaryBatches { get; set; } = 4;

    /// <summary>Ordinary rows claimed at once while the broker seems to be away. More than one, for that one may be at fault itself.</summary>
    public int ProbeSize { get; set; } = 20;

    /// <summary>Batches of urgent messages under way at once: while one waits out <see cref="UrgentTimeout"/>, the next does not.</summary>
    public int UrgentBatches { get; set; } = 8;

    /// <summary>How long a claim holds before another relay may take the row. Longer than any attempt, or messages go out twice.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The net under the wake-ups: rows of a relay that died, and retries that came due, are found this late at most.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After this a publish without the broker's confirm has failed. MassTransit alone would wait for ever.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After this an urgent message goes by HTTP instead.</summary>
    public TimeSpan UrgentTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After this the urgent road has failed too, and both are tried again.</summary>
    public TimeSpan HandOverTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After so many failures a message that cannot be read is moved to <c>outbox_poison</c>, where health shows it.</summary>
    public int MaxAttempts { get; set; } = 20;

    /// <summary>A row that has waited longer than this makes the service's health degraded.</summary>
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the inbox remembers a message; a broker restored from a backup may bring back what is younger.</summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Of timeouts and pauses. Never the one by which PINs and sessions expire: a test that turns that on must not turn the relay's.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Nobody could read it, and it has had its attempts. What the broker does not take is never buried.</summary>
    public bool IsBuried(OutboxOutcome outcome) => outcome is OutboxOutcome.Unreadable && outcome.Row.Attempts >= MaxAttempts;

    /// <summary>The pause before the next attempt, doubling from half a second, with jitter. Its roof is low: after an outage everything must be gone within seconds.</summary>
    /// <param name="jitter">From 0 to 1.</param>
    public static TimeSpan Backoff(OutboxRow row, double jitter)
    {
        var roof = row.Urgent ? 2 : 8;
        var seconds = Math.Min(0.5 * Math.Pow(2, Math.Min(row.Attempts, 10) - 1), roof);
        return TimeSpan.FromSeconds(seconds * (0.75 + jitter / 2));
    }
}
