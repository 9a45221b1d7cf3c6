using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Http;

namespace Ums.Identity.Providers;

/// <summary>The organisation's provider, without its secret, and the address that the provider must know.</summary>
internal static class ReadProvider
{
    public sealed record Response(string Issuer, string ClientId, string EmailClaim, string RedirectUri, DateTimeOffset SetAt);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, ClaimsPrincipal user, IdentityDb db, IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        return await db.InOrganisationAsync(organisation.Id, token => db.Providers.AsNoTracking().SingleOrDefaultAsync(token), cancellationToken) is { } provider
            ? TypedResults.Ok(new Response(
                provider.Issuer, provider.ClientId, provider.EmailClaim, configuration["Tokens:Issuer"] + BeginForeignSignIn.CallbackPath, provider.SetAt))
            : None();
    }

    public static ProblemHttpResult None() => Problems.Problem(StatusCodes.Status404NotFound, "no-provider", "The organisation has no provider of its own.");
}
