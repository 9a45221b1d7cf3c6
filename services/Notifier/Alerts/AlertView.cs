namespace Ums.Notifier.Alerts;

/// <summary>An alert as its organisation's people see it.</summary>
/// <param name="Version">Send it back in If-Match, and a change that somebody else made meanwhile is not lost.</param>
/// <param name="Texts">Null once retention has removed them.</param>
/// <param name="Cost">Expected, in kronor without tax.</param>
/// <param name="Code">What recipients type to see that it is genuine.</param>
/// <param name="CodeLine">What stands last in the SMS; null before the alert is submitted, and where the organisation wants none.</param>
/// <param name="Held">Quiet hours: it goes on when they are over.</param>
public sealed record AlertView(
    Guid Id, int Version, AlertState State, bool Test, Guid? Corrects, string? Code, string? CodeLine, string Title, string Category, AlertTexts? Texts, AlertMode Mode, bool Acknowledge,
    double? RepeatAfterMinutes, bool DangerToLife, double ValidForMinutes, bool Held, int Expected, decimal Cost, AlertCounts Counts,
    string WrittenBy, string? SubmittedBy, string? ApprovedBy, string? CancelledBy, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, DateTimeOffset? SubmittedAt,
    DateTimeOffset? ApprovedAt, DateTimeOffset? SendAt, DateTimeOffset? StartedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? HandedOverAt, DateTimeOffset? EndedAt)
{
    internal static AlertView Of(Alert a, AlertCounts counts) => new(
        a.Id, a.Version, a.State, a.Test, a.Corrects, a.Code, a.Sender?.CodeLine, a.Title, a.Category, a.Content, a.Options.Mode, a.Options.Acknowledge,
        a.Options.RepeatAfter?.TotalMinutes, a.Options.DangerToLife, a.Options.ValidFor.TotalMinutes, a.Held, a.Expected, a.Cost, counts,
        a.WrittenBy, a.SubmittedBy, a.ApprovedBy, a.CancelledBy, a.CreatedAt, a.ChangedAt, a.SubmittedAt,
        a.ApprovedAt, a.SendAt, a.StartedAt, a.ExpiresAt, a.HandedOverAt, a.EndedAt);
}
