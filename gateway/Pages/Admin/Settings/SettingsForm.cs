using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.ServiceDefaults.Phones;

namespace Ums.Gateway.Pages.Admin.Settings;

/// <summary>An organisation's settings as they were typed: text, so that what cannot be read stands there again as it was.</summary>
public sealed class SettingsForm
{
    public string? Name { get; set; }

    public string? Sender { get; set; }

    public string? CallerId { get; set; }

    public string? Language { get; set; }

    public bool Norwegian { get; set; }

    /// <summary>One on each line.</summary>
    public string? Categories { get; set; }

    /// <summary>Codes with commas between them. UMS's staff alone see it.</summary>
    public string? Municipalities { get; set; }

    internal static SettingsForm Of(OrganisationSettings saved) => new()
    {
        Name = saved.Name,
        Sender = saved.SmsSenderName,
        CallerId = Words.Phone(saved.VoiceCallerId),
        Language = saved.Language,
        Norwegian = saved.NorwegianNumbers,
        Categories = string.Join('\n', saved.Categories),
        Municipalities = string.Join(", ", saved.MunicipalityCodes),
    };

    /// <summary>What is typed in the place of what is saved; Identity says what is wrong with it.</summary>
    /// <param name="version">That the writer has seen.</param>
    /// <param name="mayMove">Whether the municipalities are the writer's to change.</param>
    internal OrganisationSettings Over(OrganisationSettings saved, long version, bool mayMove) => saved with
    {
        Name = Text(Name),
        SmsSenderName = Text(Sender),
        VoiceCallerId = PhoneNumber.TryParse(Text(CallerId), norwegian: true, out var number, out _) ? number!.E164 : Text(CallerId),
        Language = Text(Language),
        NorwegianNumbers = Norwegian,
        Categories = Split(Categories, '\n'),
        MunicipalityCodes = mayMove ? Split(Municipalities, ',', ' ', '\n') : saved.MunicipalityCodes,
        Version = version,
    };

    /// <summary>What another has saved meanwhile and is not what stands here: its label and how it is saved.</summary>
    internal IEnumerable<(string Label, string Saved)> Against(OrganisationSettings saved, Texts t)
    {
        var (mine, theirs) = (this, Of(saved));
        return new (string Label, string? Mine, string? Theirs)[]
        {
            (t["Namn"], mine.Name, theirs.Name),
            (t["Avsändare i sms"], mine.Sender, theirs.Sender),
            (t["Nummer som samtal kommer från"], mine.CallerId, theirs.CallerId),
            (t["Språk"], LanguageName(mine.Language, t), LanguageName(theirs.Language, t)),
            (t["Norska nummer får vara med"], mine.Norwegian ? t["Ja"].Value : t["Nej"].Value, theirs.Norwegian ? t["Ja"].Value : t["Nej"].Value),
            (t["Kategorier"], string.Join(", ", Split(mine.Categories, '\n')), string.Join(", ", Split(theirs.Categories, '\n'))),
        }.Where(field => Text(field.Mine) != Text(field.Theirs)).Select(field => (field.Label, field.Theirs ?? ""));
    }

    internal static string LanguageName(string? language, Texts t) => language switch
    {
        "nb" => t["Norska"],
        "en" => t["Engelska"],
        _ => t["Svenska"],
    };

    internal static string Fault(string field, string fault, Texts t) => (field, fault) switch
    {
        (nameof(Name), _) => t["Skriv organisationens namn, högst hundra tecken."],
        (nameof(Sender), _) => t["Tre till elva bokstäver a–z och siffror. Först en bokstav, inga mellanslag och inte å, ä eller ö."],
        (nameof(CallerId), _) => t["Skriv ett svenskt eller norskt nummer, till exempel 08-465 004 00."],
        (nameof(Categories), _) => t["En till tjugo olika kategorier, en på varje rad och högst fyrtio tecken var."],
        (nameof(Municipalities), "changed-by-ums-only") => t["Vilka kommuner ni får varna i ändrar bara UMS."],
        (nameof(Municipalities), _) => t["Skriv kommunkoder med fyra siffror, med komma emellan."],
        _ => t["Det går inte att läsa. Kontrollera det."],
    };

    /// <summary>The form's field for Identity's own.</summary>
    internal static string Field(string field) => field switch
    {
        "name" => nameof(Name),
        "smsSenderName" => nameof(Sender),
        "voiceCallerId" => nameof(CallerId),
        "language" => nameof(Language),
        "categories" => nameof(Categories),
        "municipalityCodes" => nameof(Municipalities),
        _ => "",
    };

    private static string Text(string? typed) => (typed ?? "").Trim().Normalize();

    private static string[] Split(string? typed, params char[] between) =>
        [.. Text(typed).Replace("\r", "", StringComparison.Ordinal).Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
