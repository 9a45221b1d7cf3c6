using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Settings;

/// <summary>The organisation's own programs that may use the API. A secret is shown once, when it is made.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class ClientsModel(OrganisationClient identity) : OrganisationPage
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string[] Chosen { get; set; } = [];

    [BindProperty(Name = "id")]
    public string? Client { get; set; }

    public ApiClients Known { get; private set; } = new([], []);

    /// <summary>To be kept now: it is not shown again.</summary>
    public ClientCredentials? Made { get; private set; }

    protected override string Scope => Scopes.OrganisationWrite;

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ?? Page();

    public async Task<IActionResult> OnPostCreateAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        if (IsElsewhere())
        {
            return Again(StatusCodes.Status409Conflict);
        }
        (Name, Chosen) = (Clean(Name), [.. Known.Scopes.Where(Chosen.Contains)]);
        if (Name.Length is 0 or > 60)
        {
            Fail(nameof(Name), T["Skriv ett namn, högst sextio tecken."]);
        }
        if (Chosen.Length == 0)
        {
            Fail(nameof(Chosen), T["Välj vad programmet får göra."]);
        }
        if (!ModelState.IsValid)
        {
            return Again();
        }
        var answer = await identity.CreateClientAsync(Slug, Name, Chosen, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            return problem.Slug == "too-many-clients" ? TooMany() : Explain(problem, (field, _) => field == "name"
                ? (nameof(Name), T["Skriv ett namn, högst sextio tecken."])
                : (nameof(Chosen), T["Välj vad programmet får göra."]));
        }
        (Made, Name, Chosen) = (answer.Value, null, []);
        ModelState.Clear();
        return await ReadAsync() ?? Page();
    }

    public async Task<IActionResult> OnPostRotateAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        var answer = await identity.RotateSecretAsync(Slug, Id, HttpContext.RequestAborted);
        if (answer.Problem is { } problem)
        {
            return Refuse(problem);
        }
        Made = answer.Value! with { ClientId = Id };
        return await ReadAsync() ?? Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        var answer = await identity.RevokeClientAsync(Slug, Id, HttpContext.RequestAborted);
        return answer.Problem is { } problem ? Refuse(problem) : Go("/admin/organisation/api", Texts.Key("Programmet släpps inte in längre."));
    }

    public static string ScopeName(string scope, Texts t) => scope switch
    {
        Scopes.AddressRead => t["slå upp adresser"],
        Scopes.AddressMatch => t["matcha adresser i mängd"],
        Scopes.AudienceRead => t["räkna mottagare"],
        Scopes.AlertRead => t["läsa varningar och rapporter"],
        Scopes.AlertWrite => t["skriva varningar och lämna dem för godkännande"],
        Scopes.OrganisationRead => t["läsa inställningarna"],
        _ => scope,
    };

    /// <summary>One that cannot be an id is like one that is not there.</summary>
    private string Id => Clean(Client) is { Length: > 0 and <= 100 } id && !id.Contains('.', StringComparison.Ordinal) ? id : "-";

    private IActionResult Refuse(Problem problem)
    {
        if (problem.Status != StatusCodes.Status404NotFound)
        {
            return Explain(problem, (_, _) => ("", T["Det går inte att läsa. Kontrollera det."]));
        }
        Fail("", T["Programmet är redan utestängt. Så här är det nu."]);
        return Again(StatusCodes.Status409Conflict);
    }

    private PageResult TooMany()
    {
        Fail("", T["Ni har redan femtio program. Stäng ute något först."]);
        return Again(StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult?> ReadAsync()
    {
        var answer = await identity.ClientsAsync(Slug, HttpContext.RequestAborted);
        Known = answer.Value ?? Known;
        return answer.Problem is { } problem ? NotThere(problem) : null;
    }
}
