using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Settings;

/// <summary>When the organisation's alerts keep quiet and how long what they said is kept: decided by those who approve alerts.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class RulesModel(AlertRulesClient notifier) : OrganisationPage
{
    [BindProperty]
    public string? QuietFrom { get; set; }

    [BindProperty]
    public string? QuietTo { get; set; }

    [BindProperty]
    public string? TextDays { get; set; }

    [BindProperty]
    public string? RecipientDays { get; set; }

    /// <summary>That the writer has seen.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>As another has saved them meanwhile.</summary>
    public AlertRules? Theirs { get; private set; }

    protected override string Scope => Scopes.AlertApprove;

    public async Task<IActionResult> OnGetAsync()
    {
        var answer = await notifier.ReadAsync(HttpContext.RequestAborted);
        if (answer.Value is not { } rules)
        {
            return NotThere(answer.Problem!);
        }
        (QuietFrom, QuietTo, Version) = (rules.AreQuiet ? Clock(rules.QuietFrom) : "", rules.AreQuiet ? Clock(rules.QuietTo) : "", rules.Version);
        (TextDays, RecipientDays) = (rules.TextDays.ToString(CultureInfo.InvariantCulture), rules.RecipientDays.ToString(CultureInfo.InvariantCulture));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (IsElsewhere())
        {
            return Again(StatusCodes.Status409Conflict);
        }
        var (from, to) = (ReadClock(nameof(QuietFrom), QuietFrom), ReadClock(nameof(QuietTo), QuietTo));
        if (ModelState.IsValid && Clean(QuietFrom).Length > 0 != Clean(QuietTo).Length > 0)
        {
            Fail(Clean(QuietFrom).Length > 0 ? nameof(QuietTo) : nameof(QuietFrom), T["Fyll i båda tiderna, eller ingen."]);
        }
        var rules = new AlertRules(from, to, ReadDays(nameof(TextDays), TextDays), ReadDays(nameof(RecipientDays), RecipientDays), Version);
        if (!ModelState.IsValid)
        {
            return Again();
        }
        var answer = await notifier.ChangeAsync(rules, HttpContext.RequestAborted);
        if (answer.Problem is { Slug: "settings-changed" })
        {
            Theirs = (await notifier.ReadAsync(HttpContext.RequestAborted)).Value;
            Version = Theirs?.Version ?? Version;
            Fail("", T["Någon annan har sparat inställningarna medan du skrev. Det du har skrivit finns kvar här; sparar du igen ersätter det den andras."]);
            return Again(StatusCodes.Status409Conflict);
        }
        return answer.Problem is { } problem
            ? Explain(problem, (field, _) => (field == "textDays" ? nameof(TextDays) : nameof(RecipientDays), T["Mellan 1 och 3650 dagar."]))
            : Go("/admin/organisation", Texts.Key("Inställningarna är sparade."));
    }

    public static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <returns>Midnight for what is left out.</returns>
    private TimeOnly ReadClock(string field, string? typed)
    {
        var text = Clean(typed).Replace('.', ':');
        if (!TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && text.Length > 0)
        {
            Fail(field, T["Skriv tiden som 22:00."]);
        }
        return time;
    }

    private int ReadDays(string field, string? typed)
    {
        if (int.TryParse(Clean(typed), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650)
        {
            return days;
        }
        Fail(field, T["Mellan 1 och 3650 dagar."]);
        return 0;
    }
}
