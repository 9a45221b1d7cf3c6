using Ums.Messages.Commands;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Templates;

/// <summary>What a person writes of a template: what an alert has, but whom it is for and when.</summary>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="Category">As of an alert.</param>
/// <param name="RepeatAfterMinutes">5 to 240; null for no repetition.</param>
/// <param name="ValidForMinutes">10 to 1,440; six hours where it is null.</param>
public sealed record TemplateDraft(
    string? Name, string? Category, AlertTexts? Texts, AlertMode Mode, bool Acknowledge, int? RepeatAfterMinutes, bool DangerToLife, int? ValidForMinutes)
{
    private const int LongestName = 80;

    public override string ToString() => nameof(TemplateDraft);

    /// <returns>Field to what is wrong with it, by the rules for alerts; empty where nothing is.</returns>
    internal Dictionary<string, string[]> Errors(DateTimeOffset now)
    {
        var errors = AsAlert().Errors(now);
        if (errors.Remove("title", out var wrong) || Name!.Length > LongestName)
        {
            errors["name"] = wrong ?? ["too-long"];
        }
        return errors;
    }

    /// <summary>Puts a draft without errors into the template.</summary>
    internal void Fill(Template template, string author, DateTimeOffset now)
    {
        (template.Name, template.Category) = (Name!.Trim(), Category!.Trim());
        (template.Content, template.Options) = (AsAlert().Content(), AsAlert().Options());
        (template.ChangedBy, template.ChangedAt) = (author, now);
    }

    private AlertDraft AsAlert() => new(Name, Category, Texts, new Audience(), Mode, Acknowledge, RepeatAfterMinutes, DangerToLife, ValidForMinutes, SendAt: null);
}
