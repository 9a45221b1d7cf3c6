using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>Writes a template, from nothing or from an alert that has been written. What was typed stays where saving comes to nothing.</summary>
[Authorize(OperatorSession.WritingPolicy), IgnoreAntiforgeryToken]
internal sealed class TemplateModel(TemplatesClient templates, AlertsClient alerts, IAntiforgery antiforgery) : WritingPage(antiforgery)
{
    [BindProperty]
    public AlertForm Typed { get; set; } = new();

    /// <summary>Of the template that was read; what is written over must be that.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    public bool Overtaken { get; private set; }

    public string Action => Id is { } id ? $"/admin/mallar/{id}" : "/admin/mallar/ny";

    /// <param name="varning">An alert to begin with.</param>
    public async Task<IActionResult> OnGetAsync(Guid? varning)
    {
        Writing = User.FindFirstValue(Claims.OrganisationSlug);
        if (Id is { } id)
        {
            var answer = await templates.FindAsync(id, HttpContext.RequestAborted);
            if (answer.Value is not { } found)
            {
                return NotThere(answer.Problem!);
            }
            (Version, Typed) = (found.Version, AlertForm.Of(found));
        }
        else if (varning is { } source)
        {
            var answer = await alerts.FindAsync(source, HttpContext.RequestAborted);
            if (answer.Value is not { } found)
            {
                return NotThere(answer.Problem!);
            }
            Typed = AlertForm.Of(found.Alert, null, "");
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var draft = Typed.Template(FailTyped);
        if (!ModelState.IsValid)
        {
            return Again();
        }
        var answer = Id is { } id
            ? await templates.ChangeAsync(id, Version, draft, HttpContext.RequestAborted)
            : await templates.AddAsync(draft, HttpContext.RequestAborted);
        switch (answer.Problem)
        {
            case null:
                return Go("/admin/mallar", Texts.Key("Mallen är sparad."));
            case { Slug: "validation" } problem:
                foreach (var (field, faults) in problem.Extension<Dictionary<string, string[]>>("errors") ?? [])
                {
                    FailTyped(AlertTerms.Field(field), field == "name" && faults is ["taken"] ? "taken" : faults.FirstOrDefault() ?? "", null);
                }
                return Again();
            case { Slug: "template-changed" } problem:
                (Version, Overtaken) = (problem.Extension<int>("version"), true);
                Fail("", T["Någon annan har ändrat mallen medan du skrev. Din text finns kvar här. Öppna den andras i en ny flik och jämför; sparar du igen ersätter din text den andras."]);
                return Again(StatusCodes.Status409Conflict);
            case { Slug: "too-many-templates" }:
                Fail("", T["Det finns redan så många mallar som ryms. Ta bort någon först."]);
                return Again(StatusCodes.Status409Conflict);
            case { Slug: "unknown-template" }:
                Fail("", T["Mallen är borttagen av någon annan. Din text finns kvar här."]);
                return Again(StatusCodes.Status409Conflict);
            case var problem:
                return NotThere(problem);
        }
    }

    private void FailTyped(string field, string fault, string? line) =>
        Fail(field.Length == 0 ? "" : $"{nameof(Typed)}.{field}", field == nameof(AlertForm.Title) ? NameFault(fault) : AlertTerms.Fault(field, fault, line, T));

    private string NameFault(string fault) => fault switch
    {
        "taken" => T["Det finns redan en mall med det namnet."],
        "too-long" => T["Namnet är för långt."],
        _ => T["Skriv vad mallen heter."],
    };
}
