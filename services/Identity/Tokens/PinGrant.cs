using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Ums.Identity.Askers;
using Ums.Identity.Pins;
using Ums.Identity.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Claims = Ums.ServiceDefaults.Tokens.Claims;
using Scopes = Ums.ServiceDefaults.Tokens.Scopes;

namespace Ums.Identity.Tokens;

/// <summary><c>grant_type=urn:ums:pin</c>: a PIN for a resident's token or, where it was asked for to add a number, for proof of that number.</summary>
internal static class PinGrant
{
    public const string Type = "urn:ums:pin";
    public const string PinRequestId = "pin_request_id";
    private static readonly TimeSpan ProofLifetime = TimeSpan.FromMinutes(10);

    public static async Task<IResult> Handle(
        HttpContext http, OpenIddictRequest request, PinVerifier verifier, ClientNetwork networks, IdentityDb db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse((string?)request[PinRequestId], out var id) || HiddenPin.Of(http) is not { } pin)
        {
            return Refuse(Errors.InvalidRequest, "The pin_request_id or the six or eight digits of the pin are missing.", "wrong-pin");
        }
        var check = await verifier.CheckAsync(id, pin, BrowserCookie.Read(http), networks.Of(http), cancellationToken);
        return check.Outcome switch
        {
            PinOutcome.Verified => Results.SignIn(await PrincipalAsync(check, db, cancellationToken), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme),
            PinOutcome.Expired => Refuse(Errors.InvalidGrant, "The PIN has expired.", "expired-pin"),
            PinOutcome.TooManyTries => Refuse(Errors.InvalidGrant, "The PIN was tried too often.", "too-many-tries", 0),
            PinOutcome.ShutOut => Refuse(Errors.InvalidGrant, "Too many wrong PINs in a row. The organisation can help without a PIN.", "too-many-failures", 0),
            PinOutcome.Used => Refuse(Errors.InvalidGrant, "The PIN has been used.", "used-pin"),
            _ => Refuse(Errors.InvalidGrant, "The PIN is wrong.", "wrong-pin", check.ChecksLeft),
        };
    }

    private static async Task<ClaimsPrincipal> PrincipalAsync(PinCheck check, IdentityDb db, CancellationToken cancellationToken)
    {
        var (row, session) = (check.Request!, check.Session);
        var organisation = await db.Organisations.FindAsync([row.OrganisationId], cancellationToken);
        var subject = session?.Subject ?? row.Subject!.Value;
        var identity = new ClaimsIdentity(Type, Claims.Subject, null)
            .SetClaim(Claims.Subject, subject.ToString())
            .SetClaim(Claims.Organisation, row.OrganisationId.ToString())
            .SetClaim(Claims.OrganisationSlug, organisation!.Slug)
            .SetClaim(Claims.PhoneNumber, check.Phone!.E164)
            .SetClaim(Claims.Kind, row.Kind)
            .SetClaim(Claims.Channel, row.Channel);
        if (session is not null)
        {
            identity.SetClaim(Claims.Session, session.Id.ToString())
                .SetScopes(Scopes.Contact, Scopes.AddressRead)
                .SetResources("contacts", "geocoding", "identity")
                .SetAccessTokenLifetime(Session.Longest);
        }
        else
        {
            identity.SetScopes(Scopes.PhoneProof).SetResources("contacts").SetAccessTokenLifetime(ProofLifetime);
        }
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }

    private static IResult Refuse(string error, string description, string problem, int? left = null)
    {
        var properties = new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        });
        properties.SetParameter("ums_problem", problem);
        if (left is not null)
        {
            properties.SetParameter("attempts_left", left.Value);
        }
        return Results.Forbid(properties, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
