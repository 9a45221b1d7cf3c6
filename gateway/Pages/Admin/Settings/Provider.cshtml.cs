using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.OperatorSessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Pages.Admin.Settings;

/// <summary>The organisation's own OpenID Connect provider, by which its operators may sign in.</summary>
[Authorize(OperatorSession.Policy)]
internal sealed class ProviderModel(OrganisationClient identity, IConfiguration configuration) : OrganisationPage
{
    public static readonly string[] EmailClaims = ["email", "preferred_username", "upn"];

    [BindProperty]
    public string? Issuer { get; set; }

    [BindProperty]
    public string? ClientId { get; set; }

    [BindProperty]
    public string? Secret { get; set; }

    [BindProperty]
    public string? EmailClaim { get; set; }

    /// <summary>Null where none is connected.</summary>
    public OwnProvider? Saved { get; private set; }

    /// <summary>The address that the provider has to know.</summary>
    public string RedirectUri => Saved?.RedirectUri ?? configuration["Tokens:Issuer"] + "connect/foreign/callback";

    protected override string Scope => Scopes.OrganisationWrite;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        (Issuer, ClientId, EmailClaim) = (Saved?.Issuer, Saved?.ClientId, Saved?.EmailClaim);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        if (IsElsewhere())
        {
            return Again(StatusCodes.Status409Conflict);
        }
        (Issuer, ClientId, EmailClaim) = (Clean(Issuer), Clean(ClientId), Clean(EmailClaim));
        var answer = await identity.SetProviderAsync(Slug, Issuer, ClientId, string.IsNullOrEmpty(Secret) ? null : Secret, EmailClaim, HttpContext.RequestAborted);
        return answer.Problem is { } problem ? Explain(problem, Say) : Go("/admin/organisation/inloggning", Texts.Key("Organisationens inloggning är ansluten."));
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (await ReadAsync() is { } refusal)
        {
            return refusal;
        }
        if (IsElsewhere())
        {
            return Again(StatusCodes.Status409Conflict);
        }
        var answer = await identity.RemoveProviderAsync(Slug, HttpContext.RequestAborted);
        return answer.Problem switch
        {
            null or { Slug: "no-provider" } => Go("/admin/organisation/inloggning", Texts.Key("Organisationens inloggning är borttagen.")),
            var problem => Explain(problem, Say),
        };
    }

    private (string Field, string Text) Say(string field, string fault) => (field, fault) switch
    {
        ("issuer", "provider-away") => (nameof(Issuer), T["Där svarar ingen OpenID Connect-leverantör just nu."]),
        ("issuer", "not-that-provider") => (nameof(Issuer), T["Där svarar någon, men inte under det namnet. Kontrollera adressen mot leverantörens egen."]),
        ("issuer", _) => (nameof(Issuer), T["Skriv hela adressen, som börjar med https://"]),
        ("clientId", _) => (nameof(ClientId), T["Skriv klient-id från leverantören."]),
        ("secret", _) => (nameof(Secret), T["Skriv hemligheten från leverantören."]),
        _ => (nameof(EmailClaim), T["Välj var e-postadressen står."]),
    };

    private async Task<IActionResult?> ReadAsync()
    {
        var answer = await identity.ProviderAsync(Slug, HttpContext.RequestAborted);
        Saved = answer.Value;
        return answer.Problem is { Slug: not "no-provider" } problem ? NotThere(problem) : null;
    }
}
