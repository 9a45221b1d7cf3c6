using System.Text.Json;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>What a person writes of an alert.</summary>
/// <param name="Title">For colleagues; recipients do not see it. 1 to 120 characters.</param>
/// <param name="Category">water, heat, power, waste or other; or the organisation's own word for what it warns of, 1 to 40 characters, which people then read as it is.</param>
/// <param name="Audience">Who it is for; checked in full when the alert is submitted.</param>
/// <param name="RepeatAfterMinutes">5 to 240; null for no repetition.</param>
/// <param name="ValidForMinutes">10 to 1,440; six hours where it is null.</param>
/// <param name="SendAt">Not before; null for as soon as it is approved.</param>
public sealed record AlertDraft(
    string? Title, string? Category, AlertTexts? Texts, Audience? Audience, AlertMode Mode, bool Acknowledge, int? RepeatAfterMinutes, bool DangerToLife,
    int? ValidForMinutes, DateTimeOffset? SendAt)
{
    private const int LongestTitle = 120;
    private const int LongestCategory = 40;
    private const int LongestSpoken = 1500;
    private const int MostParts = 6;
    private const int MostPhones = 100_000;
    private const int UsualValidity = 6 * 60;

    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(90);

    public override string ToString() => nameof(AlertDraft);

    /// <returns>Field to what is wrong with it; empty where nothing is.</returns>
    internal Dictionary<string, string[]> Errors(DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        Check("title", string.IsNullOrWhiteSpace(Title) ? "required" : Title.Length > LongestTitle ? "too-long" : IsBroken(Title) ? "invalid" : null);
        Check("category", string.IsNullOrWhiteSpace(Category) ? "required" : Category.Length > LongestCategory ? "too-long" : IsBroken(Category) ? "invalid" : null);
        Check("texts.sms", string.IsNullOrWhiteSpace(Texts?.Sms) ? "required" : IsBroken(Texts.Sms) ? "invalid" : AlertWords.Size(Texts, test: true, AlertWords.UsualCodeLine).Parts > MostParts ? "too-long" : null);
        Check("texts.smsEnglish", Texts?.SmsEnglish is { } english && IsBroken(english) ? "invalid" : null);
        Check("texts.voice", Spoken(Texts?.Voice));
        Check("texts.voiceEnglish", Spoken(Texts?.VoiceEnglish));
        Check("audience", Audience is null ? "required" : Audience.Phones is { Count: > MostPhones } ? "too-long" : null);
        Check("mode", Enum.IsDefined(Mode) ? null : "unknown");
        Check("repeatAfterMinutes", RepeatAfterMinutes is < 5 or > 240 ? "out-of-range" : null);
        Check("validForMinutes", ValidForMinutes is < 10 or > 1440 ? "out-of-range" : null);
        Check("sendAt", SendAt < now - TimeSpan.FromMinutes(1) ? "in-the-past" : SendAt > now + FarthestAhead ? "too-far-ahead" : null);
        return errors;

        void Check(string field, string? error)
        {
            if (error is not null)
            {
                errors[field] = [error];
            }
        }
    }

    /// <summary>Puts a draft without errors into the alert.</summary>
    internal void Fill(Alert alert, PersonalData personal)
    {
        alert.Title = Title!.Trim();
        alert.Category = Category!.Trim();
        alert.Content = Content();
        alert.Audience = personal.Seal(alert.OrganisationId, JsonSerializer.Serialize(Audience, JsonSerializerOptions.Web));
        alert.Options = Options();
        alert.SendAt = SendAt?.ToUniversalTime();
    }

    /// <summary>A form sends what was left empty as an empty text; a call that says nothing must not come of it.</summary>
    internal AlertTexts Content() => Texts! with { SmsEnglish = OrNull(Texts.SmsEnglish), Voice = OrNull(Texts.Voice), VoiceEnglish = OrNull(Texts.VoiceEnglish) };

    internal AlertOptions Options() => new(
        Mode, Acknowledge, RepeatAfterMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, DangerToLife, TimeSpan.FromMinutes(ValidForMinutes ?? UsualValidity));

    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string? Spoken(string? text) => text is null ? null : text.Length > LongestSpoken ? "too-long" : IsBroken(text) ? "invalid" : null;

    /// <summary>Control characters but line breaks, and half characters, which no phone shows.</summary>
    private static bool IsBroken(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not '\n' and not '\r')
            {
                return true;
            }
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
