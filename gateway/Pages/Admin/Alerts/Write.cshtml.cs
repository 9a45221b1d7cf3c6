using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>Writes an alert and hands it over. Nothing that was typed is lost: not where another has changed the draft meanwhile, a service is away, or the session has ended.</summary>
[Authorize(OperatorSession.WritingPolicy), IgnoreAntiforgeryToken]
internal sealed class WriteModel(AlertsClient alerts, TemplatesClient templates, AudiencesClient audiences, IdentityClient organisations, IAntiforgery antiforgery) : WritingPage(antiforgery)
{
    /// <summary>What to show where saving came to nothing.</summary>
    private IActionResult? stopped;

    [BindProperty]
    public AlertForm Typed { get; set; } = new();

    /// <summary>Of the draft that was read; what is written over must be that.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? TestPhones { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    /// <summary>As it is saved; null for a new one.</summary>
    public Alert? Saved { get; private set; }

    public AlertLook? Look { get; private set; }

    /// <summary>The SMS as it was when the page was opened; null where Notifier is away.</summary>
    public AlertPreview? Preview { get; private set; }

    public AlertEstimate? Estimate { get; private set; }

    /// <summary>Somebody else's draft lies under the one on the page.</summary>
    public bool Overtaken { get; private set; }

    /// <summary>To begin a new alert with; none where Notifier is away.</summary>
    public IReadOnlyList<AlertTemplate> Templates { get; private set; } = [];

    /// <summary>The one that it has begun with.</summary>
    [BindProperty(Name = "mall", SupportsGet = true)]
    public Guid? Template { get; set; }

    public IReadOnlyList<string> Municipalities { get; private set; } = [];

    public string Action => Id is { } id ? $"/admin/varningar/{id}/skriv" : "/admin/varningar/ny";

    public async Task<IActionResult> OnGetAsync()
    {
        Writing = User.FindFirstValue(Claims.OrganisationSlug);
        Municipalities = (await organisations.FindAsync(Writing!, HttpContext.RequestAborted))?.MunicipalityCodes ?? [];
        Typed.Municipality = Municipalities is [var first, ..] ? first : null;
        if (Id is { } id)
        {
            var detail = await alerts.FindAsync(id, HttpContext.RequestAborted);
            if (detail.Value is not { } found)
            {
                return NotThere(detail.Problem!);
            }
            if (!found.Alert.MayChange)
            {
                return LocalRedirect($"/admin/varningar/{id}");
            }
            (Saved, Version, Typed) = (found.Alert, found.Alert.Version, AlertForm.Of(found.Alert, found.Audience, Typed.Municipality ?? ""));
            Estimate = (await alerts.EstimateAsync(id, HttpContext.RequestAborted)).Value;
        }
        else
        {
            await BeginWithTemplateAsync();
        }
        Preview = await KeepWritingAsync(async () => (await alerts.PreviewAsync(Typed.Texts(), Id, HttpContext.RequestAborted)).Value);
        return Page();
    }

    /// <summary>Where the organisation's people are: what the map shows first.</summary>
    public async Task<IActionResult> OnGetPlacesAsync() => new JsonResult(
        (await audiences.PointsAsync(AlertAudience.Nobody with { Everyone = true }, HttpContext.RequestAborted)).Value?.Points ?? []);

    /// <summary>Counts and shows, and saves nothing.</summary>
    public async Task<IActionResult> OnPostCountAsync()
    {
        await LookAsync(points: false);
        return ModelState.IsValid ? Page() : Again();
    }

    /// <summary>The same for the script, with the places.</summary>
    public async Task<IActionResult> OnPostLookAsync()
    {
        await LookAsync(points: true);
        return new JsonResult(new
        {
            Look!.Sms,
            Look.Count,
            Look.Points,
            Look.Text,
            words = Words(),
            faults = ModelState.Where(entry => entry.Value!.Errors.Count > 0).ToDictionary(entry => entry.Key, entry => entry.Value!.Errors[0].ErrorMessage),
        });
    }

    /// <summary>The call as it sounds. Saves nothing.</summary>
    public async Task<IActionResult> OnPostSoundAsync()
    {
        var answer = await alerts.SoundAsync(Typed.Texts(), Typed.Acknowledge, HttpContext.RequestAborted);
        return answer.Value is { } sound ? File(sound, "audio/wav", "samtal.wav") : Explain(answer.Problem!);
    }

    public async Task<IActionResult> OnPostSaveAsync() =>
        await SaveAsync() is { } saved ? Go($"/admin/varningar/{saved.Id}/skriv", Texts.Key("Utkastet är sparat.")) : stopped!;

    public async Task<IActionResult> OnPostSubmitAsync()
    {
        if (await SaveAsync() is not { } saved)
        {
            return stopped!;
        }
        (Id, Version, Saved) = (saved.Id, saved.Version, saved);
        var answer = await alerts.SubmitAsync(saved.Id, saved.Version, HttpContext.RequestAborted);
        return answer.Ok ? Go($"/admin/varningar/{saved.Id}", Texts.Key("Varningen är lämnad för godkännande.")) : Explain(answer.Problem!);
    }

    public async Task<IActionResult> OnPostTestAsync()
    {
        var phones = AudienceText.Phones(AlertForm.Text(TestPhones).Replace(',', '\n'));
        if (phones.Parts.Length is 0 or > 10 || phones.Wrong is not null)
        {
            Fail(nameof(TestPhones), T["Skriv ett till tio nummer, ett på varje rad."]);
            return Again();
        }
        if (await SaveAsync() is not { } saved)
        {
            return stopped!;
        }
        (Id, Version, Saved) = (saved.Id, saved.Version, saved);
        var answer = await alerts.TestAsync(saved.Id, phones.Parts, HttpContext.RequestAborted);
        return answer.Value is { } test ? Go($"/admin/varningar/{test.Id}", Texts.Key("Testet är på väg.")) : Explain(answer.Problem!);
    }

    /// <returns>Null where it was not saved; the fields say why.</returns>
    private async Task<Alert?> SaveAsync()
    {
        var audience = Typed.Audience(FailTyped);
        var draft = Typed.Draft(audience, FailTyped);
        if (!ModelState.IsValid)
        {
            stopped = Again();
            return null;
        }
        if (Id is { } id)
        {
            var detail = await alerts.FindAsync(id, HttpContext.RequestAborted);
            Saved = detail.Value?.Alert;
            if (Saved?.Corrects is not null)
            {
                draft = draft with { Audience = AlertAudience.Nobody };
            }
            if (Saved is { IsDraft: true } && Saved.Version == Version && Same(draft, detail.Value!))
            {
                return Saved;
            }
        }
        var answer = Id is { } known ? await alerts.EditAsync(known, Version, draft, HttpContext.RequestAborted) : await alerts.WriteAsync(draft, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            stopped = Explain(problem);
        }
        return answer.Value;
    }

    /// <summary>Handed in as it was saved, a draft is not edited once more; its history tells changes only.</summary>
    private bool Same(AlertDraft draft, AlertDetail saved)
    {
        var form = AlertForm.Of(saved.Alert, saved.Audience, AlertForm.Text(Typed.Municipality));
        return JsonSerializer.Serialize(draft) == JsonSerializer.Serialize(form.Draft(form.Audience((_, _, _) => { }), (_, _, _) => { }));
    }

    private async Task BeginWithTemplateAsync()
    {
        Templates = await KeepWritingAsync(async () => (await templates.ListAsync(HttpContext.RequestAborted)).Value?.Templates) ?? [];
        if (Templates.FirstOrDefault(template => template.Id == Template) is { } chosen)
        {
            var municipality = Typed.Municipality;
            Typed = AlertForm.Of(chosen);
            Typed.Municipality = municipality;
        }
    }

    private async Task LookAsync(bool points)
    {
        var audience = Typed.Audience(FailTyped);
        Look = await AlertLook.TakeAsync(
            Typed, Id, ModelState.IsValid ? audience : null, points, alerts, audiences,
            (field, fault) => FailTyped(AlertTerms.Field(field), fault, null), HttpContext.RequestAborted);
    }

    private IActionResult Explain(Problem problem)
    {
        switch (problem.Slug)
        {
            case "validation":
                foreach (var (field, faults) in problem.Extension<Dictionary<string, string[]>>("errors") ?? [])
                {
                    FailTyped(AlertTerms.Field(field), faults.FirstOrDefault() ?? "", null);
                }
                return Again();
            case "alert-changed":
                // Saved once more, it replaces what the other wrote; that stands in the history.
                Version = problem.Extension<int>("version");
                Overtaken = true;
                Fail("", T["Någon annan har ändrat varningen medan du skrev. Din text finns kvar här. Öppna den andras i en ny flik och jämför; sparar du igen ersätter din text den andras."]);
                return Again(StatusCodes.Status409Conflict);
            case "alert-state":
                Fail("", T["Varningen går inte längre att ändra. Din text finns kvar här."]);
                return Again(StatusCodes.Status409Conflict);
            case "nobody":
                Fail("Audience", T["Ingen skulle nås: det finns ingen telefon bland mottagarna som varningens sätt kan använda."]);
                return Again();
            case "" when problem.Status == StatusCodes.Status401Unauthorized:
            case "not-signed-in":
                SignedOut = true;
                return Again(StatusCodes.Status401Unauthorized);
            default:
                return problem is { Status: 403, Slug: not "sign-in-again" } or { Status: 404 } ? NotThere(problem) : Refused(problem);
        }
    }

    private void FailTyped(string field, string fault, string? line) => 
        Fail(field is "" or "Audience" ? field : $"{nameof(Typed)}.{field}", AlertTerms.Fault(field, fault, line, T));

    /// <summary>What the numbers say, in the reader's language.</summary>
    public Dictionary<string, string> Words() => AlertNumbers.Words(Look, T);
}
