using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;

namespace Ums.Identity.Providers;

/// <summary>Sends a browser to its organisation's provider.</summary>
internal static class BeginForeignSignIn
{
    public const string CallbackPath = "connect/foreign/callback";

    public static async Task<IResult> Handle(
        string slug, string? prompt, string? tillbaka, HttpContext http, IdentityDb db, ProviderDirectory directory, ForeignStates states, IConfiguration configuration,
        CancellationToken cancellationToken)
    {
        if (await db.Organisations.ActiveAsync(slug, cancellationToken) is not { } organisation
            || await db.InOrganisationAsync(organisation.Id, token => db.Providers.AsNoTracking().SingleOrDefaultAsync(token), cancellationToken) is not { } provider)
        {
            return Failed("ingen");
        }
        try
        {
            var found = await directory.FindAsync(provider.Issuer, cancellationToken);
            var again = prompt == "login";
            var state = states.Begin(http, organisation.Id, tillbaka is { Length: <= 200 } ? tillbaka : "/admin", again);
            return Results.Redirect(QueryHelpers.AddQueryString(found.AuthorizationEndpoint, new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = provider.ClientId,
                ["redirect_uri"] = configuration["Tokens:Issuer"] + CallbackPath,
                ["scope"] = "openid profile email",
                ["state"] = state.State,
                ["nonce"] = state.Nonce,
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(state.Verifier))),
                ["code_challenge_method"] = "S256",
                ["prompt"] = again ? "login" : null,
                ["max_age"] = again ? "0" : null,
            }));
        }
        catch (ProviderException)
        {
            return Failed("borta");
        }
    }

    public static IResult Failed(string why) => Results.LocalRedirect($"/admin/logga-in?egen={why}");
}
