using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Ums.Identity.Operators;
using Ums.ServiceDefaults.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Tokens;

/// <summary>
/// The authorization code flow, for the gateway on behalf of operators. Who they are was proved on its pages and stands in a ticket; the code carries the session
/// that the ticket prepared, and the session's row sees to it that each is good once.
/// </summary>
internal static class OperatorGrant
{
    public const string TicketCookie = "__Host-ums-ticket";

    /// <summary>Short: what a role may do, and whether it is still theirs, is asked anew with the refresh token.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static readonly string[] Audiences = ["identity", "contacts", "geocoding", "notifier"];

    public static async Task<IResult> AuthorizeAsync(HttpContext http, OperatorSessions sessions, CancellationToken cancellationToken)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict did not see the authorization request.");
        if (await sessions.UseTicketAsync(http.Request.Cookies[TicketCookie], cancellationToken) is not { } session)
        {
            return Refuse(Errors.LoginRequired, "Sign in on the operators' page first.");
        }
        var identity = new ClaimsIdentity(GrantTypes.AuthorizationCode, Claims.Subject, null)
            .SetClaim(Claims.Subject, session.OperatorId.ToString())
            .SetClaim(Claims.Session, session.Id.ToString())
            .SetScopes(request.GetScopes());
        return SignIn(identity);
    }

    public static async Task<IResult> ExchangeAsync(HttpContext http, OpenIddictRequest request, OperatorSessions sessions, CancellationToken cancellationToken)
    {
        var ticket = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var id = Guid.Parse(ticket.Principal!.GetClaim(Claims.Session)!);
        if (request.IsAuthorizationCodeGrantType() && !await sessions.StartAsync(id, cancellationToken))
        {
            return Refuse(Errors.InvalidGrant, "The code has been used.");
        }
        return await sessions.FindAsync(id, cancellationToken) is { } open
            ? SignIn(IdentityOf(open, ticket.Principal!.GetScopes()))
            : Refuse(Errors.InvalidGrant, "The session has ended.");
    }

    private static ClaimsIdentity IdentityOf(OpenSession open, IEnumerable<string> asked)
    {
        var identity = new ClaimsIdentity(GrantTypes.AuthorizationCode, Claims.Subject, null)
            .SetClaim(Claims.Subject, open.Operator.Id.ToString())
            .SetClaim(Claims.Session, open.Session.Id.ToString())
            .SetClaim(Claims.Kind, "operator")
            .SetClaim(Claims.SignedInAt, open.Session.SignedInAt.ToUnixTimeSeconds())
            .SetScopes(Roles.ScopesOf(open.Roles).Concat(asked.Where(scope => scope == OpenIddictConstants.Scopes.OfflineAccess)))
            .SetResources(Audiences)
            .SetAccessTokenLifetime(Lifetime);
        if (open.Organisation is { } organisation)
        {
            identity.SetClaim(Claims.Organisation, organisation.Id.ToString()).SetClaim(Claims.OrganisationSlug, organisation.Slug);
            identity.AddClaims(open.Roles.Select(role => new Claim(Claims.Role, role)));
        }
        if (open.Operator.Staff)
        {
            identity.SetClaim(Claims.Staff, "true");
        }
        return identity;
    }

    private static IResult SignIn(ClaimsIdentity identity)
    {
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static IResult Refuse(string error, string description) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
