using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Ums.Identity.ApiClients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Tokens;

/// <summary>Client credentials: OpenIddict has checked the secret and the scopes; a client that asks for none gets all of its own.</summary>
internal static class ClientGrant
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of programs that organisations let in, and may revoke.</summary>
    private static readonly TimeSpan LifetimeOfOrganisations = TimeSpan.FromMinutes(15);

    public static async Task<IResult> Handle(OpenIddictRequest request, IOpenIddictApplicationManager clients, CancellationToken cancellationToken)
    {
        var client = await clients.FindByClientIdAsync(request.ClientId!, cancellationToken)
            ?? throw new InvalidOperationException("The client went away while it signed in.");
        var asked = request.GetScopes();
        var scopes = asked.IsEmpty ? ClientScopes.Of(await clients.GetPermissionsAsync(client, cancellationToken)) : asked;
        var identity = new ClaimsIdentity(GrantTypes.ClientCredentials, Claims.Subject, null)
            .SetClaim(Claims.Subject, request.ClientId)
            .SetScopes(scopes)
            .SetResources(scopes.Select(ClientScopes.Resource).Distinct())
            .SetAccessTokenLifetime(Lifetime);
        var properties = await clients.GetPropertiesAsync(client, cancellationToken);
        if (properties.TryGetValue(Claims.Organisation, out var organisation))
        {
            identity.SetClaim(Claims.Organisation, organisation.GetString()).SetAccessTokenLifetime(LifetimeOfOrganisations);
        }
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
