using Ums.Notifier.Alerts;

namespace Ums.Notifier.Templates;

/// <summary>A text with its options that an organisation begins alerts with.</summary>
internal sealed class Template
{
    public Guid Id { get; init; }

    public Guid OrganisationId { get; init; }

    /// <summary>Unique in the organisation, without regard to case.</summary>
    public required string Name { get; set; }

    public required string Category { get; set; }

    public required AlertTexts Content { get; set; }

    public required AlertOptions Options { get; set; }

    /// <summary>Counts the changes; who writes on an older one is told.</summary>
    public int Version { get; set; } = 1;

    public required string ChangedBy { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>A template as its organisation's people see it.</summary>
/// <param name="Version">Send it back in If-Match, and a change that somebody else made meanwhile is not lost.</param>
public sealed record TemplateView(
    Guid Id, int Version, string Name, string Category, AlertTexts Texts, AlertMode Mode, bool Acknowledge, int? RepeatAfterMinutes, bool DangerToLife,
    int ValidForMinutes, string ChangedBy, DateTimeOffset ChangedAt)
{
    internal static TemplateView Of(Template t) => new(
        t.Id, t.Version, t.Name, t.Category, t.Content, t.Options.Mode, t.Options.Acknowledge, (int?)t.Options.RepeatAfter?.TotalMinutes, t.Options.DangerToLife,
        (int)t.Options.ValidFor.TotalMinutes, t.ChangedBy, t.ChangedAt);
}
