namespace Ums.Notifier.Alerts;

/// <summary>Who did what to an alert, and what it said before.</summary>
internal sealed class AlertHistory
{
    public long Id { get; private set; }

    public Guid OrganisationId { get; init; }

    public Guid AlertId { get; init; }

    /// <summary>The version that it made.</summary>
    public int Version { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The token's subject.</summary>
    public required string Actor { get; init; }

    /// <summary>written, edited, submitted, approved, cancelled, tested.</summary>
    public required string Action { get; init; }

    /// <summary>What an edit replaced; null once retention has removed it.</summary>
    public AlertBefore? Before { get; init; }
}

internal sealed record AlertBefore(string Title, string Category, AlertTexts? Texts, AlertOptions Options, DateTimeOffset? SendAt, bool OtherAudience);
