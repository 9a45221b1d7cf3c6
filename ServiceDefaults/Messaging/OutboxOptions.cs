namespace Ums.ServiceDefaults.Messaging;

/// <summary>How the relay works; section <c>Outbox</c> of the configuration.</summary>
internal sealed class OutboxOptions
{
    /// <summary>Rows claimed at once; the most that a crash can publish twice.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>How long a claim holds before another relay may take the row.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The net under the in-process wake-up: rows of a relay that died, and retries that came due, are found this late at most.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>After this a publish without the broker's confirm has failed.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After this an urgent message goes by HTTP instead.</summary>
    public TimeSpan UrgentTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After so many failures a message is moved to <c>outbox_poison</c>, where health shows it.</summary>
    public int MaxAttempts { get; set; } = 1000;

    /// <summary>The pause before the next attempt: doubling from half a second to half a minute, with jitter.</summary>
    public static TimeSpan Backoff(int attempts)
    {
        var seconds = Math.Min(0.5 * Math.Pow(2, Math.Min(attempts, 10) - 1), 30);
        return TimeSpan.FromSeconds(seconds * (0.75 + Random.Shared.NextDouble() / 2));
    }
}
