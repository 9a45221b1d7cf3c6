using System.Globalization;
using Ums.Gateway.Clients;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>An alert's form as it was typed: text, all of it, so that what cannot be read stands there again as it was.</summary>
public sealed class AlertForm
{
    public string? Title { get; set; }

    public string? Category { get; set; }

    public string? Sms { get; set; }

    public string? SmsEnglish { get; set; }

    public string? Voice { get; set; }

    public string? VoiceEnglish { get; set; }

    public string? Mode { get; set; } = "smsThenVoice";

    public bool Acknowledge { get; set; }

    public bool Danger { get; set; }

    /// <summary>Minutes.</summary>
    public string? Repeat { get; set; }

    /// <summary>By the clock in Sweden, as 2026-11-26T14:00.</summary>
    public string? SendAt { get; set; }

    /// <summary>Hours.</summary>
    public string? Valid { get; set; } = "6";

    public bool Everyone { get; set; }

    public string? Areas { get; set; }

    public string? Municipality { get; set; }

    public string? Streets { get; set; }

    public string? Postcodes { get; set; }

    public string? Properties { get; set; }

    public string? Phones { get; set; }

    public string? Kind { get; set; }

    public bool Household { get; set; }

    internal static AlertForm Of(Alert alert, AlertAudience? audience, string municipality)
    {
        audience ??= AlertAudience.Nobody;
        return new AlertForm
        {
            Title = alert.Title,
            Category = alert.Category,
            Sms = alert.Texts?.Sms,
            SmsEnglish = alert.Texts?.SmsEnglish,
            Voice = alert.Texts?.Voice,
            VoiceEnglish = alert.Texts?.VoiceEnglish,
            Mode = alert.Mode,
            Acknowledge = alert.Acknowledge,
            Danger = alert.DangerToLife,
            Repeat = alert.RepeatAfterMinutes?.ToString(CultureInfo.InvariantCulture),
            SendAt = alert.SendAt is { } at ? SwedishTime.ForInput(at) : null,
            Valid = Hours(alert.ValidForMinutes),
            Everyone = audience.Everyone,
            Areas = AudienceText.Of(audience.Areas),
            Municipality = municipality,
            Streets = AudienceText.Of(audience.Streets, municipality),
            Postcodes = AudienceText.Of(audience.Postcodes),
            Properties = AudienceText.Of(audience.Properties),
            Phones = AudienceText.OfPhones(audience.Phones),
            Kind = audience.Kind,
            Household = audience.OncePerHousehold,
        };
    }

    internal static AlertForm Of(AlertTemplate template) => new()
    {
        Title = template.Name,
        Category = template.Category,
        Sms = template.Texts.Sms,
        SmsEnglish = template.Texts.SmsEnglish,
        Voice = template.Texts.Voice,
        VoiceEnglish = template.Texts.VoiceEnglish,
        Mode = template.Mode,
        Acknowledge = template.Acknowledge,
        Danger = template.DangerToLife,
        Repeat = template.RepeatAfterMinutes?.ToString(CultureInfo.InvariantCulture),
        Valid = Hours(template.ValidForMinutes),
    };

    /// <param name="fail">Takes the field and a word for what is wrong with it, with the line where there is one.</param>
    internal AlertAudience Audience(Action<string, string, string?> fail)
    {
        var streets = AudienceText.Streets(Text(Streets), Text(Municipality));
        var (areas, properties) = (AudienceText.Areas(Text(Areas)), AudienceText.Properties(Text(Properties)));
        var (postcodes, phones) = (AudienceText.Postcodes(Text(Postcodes)), AudienceText.Phones(Text(Phones)));
        Check(nameof(Areas), areas.Wrong);
        Check(nameof(Streets), streets.Wrong);
        Check(nameof(Postcodes), postcodes.Wrong);
        Check(nameof(Properties), properties.Wrong);
        Check(nameof(Phones), phones.Wrong);
        return new AlertAudience(Everyone, areas.Parts, streets.Parts, properties.Parts, postcodes.Parts, phones.Parts, Kind is "private" or "company" ? Kind : null, Household);

        void Check(string field, string? wrong)
        {
            if (wrong is not null)
            {
                fail(field, "unreadable", wrong.Length > 60 ? wrong[..60] : wrong);
            }
        }
    }

    internal AlertDraft Draft(AlertAudience audience, Action<string, string, string?> fail)
    {
        var repeat = Whole(nameof(Repeat), Text(Repeat), 1);
        var valid = Whole(nameof(Valid), Text(Valid), 60);
        DateTimeOffset? sendAt = null;
        if (Text(SendAt) is { Length: > 0 } typed)
        {
            sendAt = SwedishTime.Read(typed);
            if (sendAt is null)
            {
                fail(nameof(SendAt), "unreadable", typed);
            }
        }
        return new AlertDraft(
            Text(Title), Text(Category), Texts(), audience, Text(Mode), Acknowledge, repeat, Danger, valid, sendAt);

        int? Whole(string field, string text, int unit)
        {
            if (text.Length == 0)
            {
                return null;
            }
            if (double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000)
            {
                return (int)Math.Round(number * unit);
            }
            fail(field, "out-of-range", null);
            return null;
        }
    }

    /// <summary>As a template: without whom it is for and when.</summary>
    internal AlertTemplateDraft Template(Action<string, string, string?> fail)
    {
        var alert = Draft(AlertAudience.Nobody, fail);
        return new AlertTemplateDraft(alert.Title, alert.Category, alert.Texts, alert.Mode, alert.Acknowledge, alert.RepeatAfterMinutes, alert.DangerToLife, alert.ValidForMinutes);
    }

    internal AlertTexts Texts() => new(Text(Sms), OrNull(SmsEnglish), OrNull(Voice), OrNull(VoiceEnglish));

    /// <summary>A browser's line ends are two characters; an SMS's are one.</summary>
    internal static string Text(string? typed) => typed?.ReplaceLineEndings("\n").Trim().Normalize() ?? "";

    private static string Hours(double minutes) => (minutes / 60).ToString("0.##", CultureInfo.InvariantCulture);

    private static string? OrNull(string? typed) => Text(typed) is { Length: > 0 } text ? text : null;
}
