using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>An alert after it has been written: approved, watched, stopped, corrected. What is done twice, or after the back button, changes nothing and is said.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class AlertModel(AlertsClient alerts, OrganisationClient identity) : OperatorPage
{
    private const int MostFailuresRead = 1000;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>That the approver has read.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>How many it reaches, as the approver types it.</summary>
    [BindProperty]
    public string? Recipients { get; set; }

    public Alert Alert { get; private set; } = null!;

    public AlertAudience? Audience { get; private set; }

    public IReadOnlyList<AlertChange> History { get; private set; } = [];

    public Colleagues Colleagues { get; private set; } = Colleagues.None;

    /// <summary>Reason and how many, the most frequent first.</summary>
    public IReadOnlyList<(string Reason, int Count)> Failures { get; private set; } = [];

    public bool FailuresAreSome { get; private set; }

    public string? Me => User.FindFirstValue(Claims.Subject);

    public bool MayWrite => User.HasScope(Scopes.AlertWrite);

    public bool MayStop => MayWrite || User.HasScope(Scopes.AlertApprove);

    public bool IsOwn => Me == Alert.WrittenBy || Me == Alert.SubmittedBy;

    public bool MayApprove => Alert.State == "submitted" && User.HasScope(Scopes.AlertApprove) && !IsOwn;

    protected override bool KeepsTyped => false;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        return Alert is { IsDraft: true } && MayWrite ? LocalRedirect($"/admin/varningar/{Id}/skriv") : Page();
    }

    public async Task<IActionResult> OnPostApproveAsync()
    {
        if (!User.HasScope(Scopes.AlertApprove))
        {
            return NotYours();
        }
        // 4 218 is how the page writes it.
        var typed = string.Concat((Recipients ?? "").Where(letter => !char.IsWhiteSpace(letter)));
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var recipients))
        {
            return await AgainAsync(nameof(Recipients), T["Skriv hur många varningen når."]);
        }
        var answer = await alerts.ApproveAsync(Id, Version, recipients, HttpContext.RequestAborted);
        return answer.Problem switch
        {
            null => Go($"/admin/varningar/{Id}", Texts.Key("Varningen är godkänd.")),
            { Slug: "validation" } => await AgainAsync(nameof(Recipients), T["Det är inte det antal som varningen når."]),
            { Slug: "own-alert" } => await AgainAsync("", T["En annan person än den som skrev eller lämnade varningen godkänner den."]),
            { Slug: "alert-changed" } => await AgainAsync("", T["Varningen har ändrats sedan du läste den. Läs den igen."]),
            { Slug: "alert-state" } => await AgainAsync("", T["Varningen väntar inte längre på godkännande. Så här är det nu."]),
            var problem => problem is { Status: 401 or 404 } or { Status: 403, Slug: not "sign-in-again" } ? NotThere(problem) : await RefusedAsync(problem),
        };
    }

    public async Task<IActionResult> OnPostCancelAsync()
    {
        if (!MayStop)
        {
            return NotYours();
        }
        var answer = await alerts.CancelAsync(Id, HttpContext.RequestAborted);
        return answer switch
        {
            { Value: not null } => Go($"/admin/varningar/{Id}", Texts.Key("Varningen är stoppad.")),
            { Problem.Slug: "alert-state" } => await AgainAsync("", T["Varningen var redan över. Så här är det nu."]),
            _ => NotThere(answer.Problem!),
        };
    }

    /// <summary>Begins a correction with the old text in it, to be written over.</summary>
    public async Task<IActionResult> OnPostCorrectAsync()
    {
        if (!MayWrite)
        {
            return NotYours();
        }
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        var answer = await alerts.CorrectAsync(Id, new AlertTexts(T["Rättelse:"] + " " + (Alert.Texts?.Sms ?? ""), null, null, null), HttpContext.RequestAborted);
        return answer switch
        {
            { Value: { } correction } => LocalRedirect($"/admin/varningar/{correction.Id}/skriv"),
            { Problem: { Slug: "alert-state" or "validation" } } => await AgainAsync("", T["Varningen går inte att rätta: den har inte nått någon, eller så är mottagarna borttagna."]),
            _ => NotThere(answer.Problem!),
        };
    }

    private async Task<IActionResult?> ReadAsync()
    {
        var (detail, history, colleagues) = (alerts.FindAsync(Id, HttpContext.RequestAborted), alerts.HistoryAsync(Id, HttpContext.RequestAborted),
            Colleagues.ReadAsync(identity, User, HttpContext.RequestAborted));
        await Task.WhenAll(detail, history, colleagues);
        if ((await detail).Value is not { } found)
        {
            return NotThere((await detail).Problem!);
        }
        (Alert, Audience, History, Colleagues) = (found.Alert, found.Audience, (await history).Value ?? [], await colleagues);
        if (Alert.Counts.Failed > 0)
        {
            var failed = (await alerts.RecipientsAsync(Id, "failed", null, MostFailuresRead, HttpContext.RequestAborted)).Value?.Recipients ?? [];
            Failures = [.. failed.GroupBy(one => AlertTerms.Reason(one.Reason, T)).Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2)];
            FailuresAreSome = failed.Length == MostFailuresRead;
        }
        return null;
    }

    private async Task<IActionResult> AgainAsync(string field, string text)
    {
        Fail(field, text);
        return await ReadAsync() ?? Again(field.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult> RefusedAsync(Problem problem) => await ReadAsync() ?? Refused(problem);
}
