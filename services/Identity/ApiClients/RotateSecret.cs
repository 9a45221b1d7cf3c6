using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.ApiClients;

/// <summary>A new secret in the place of the old one, which ends at once.</summary>
internal static class RotateSecret
{
    public sealed record Response(string Secret);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, string id, ClaimsPrincipal user, IdentityDb db, IOpenIddictApplicationManager applications, AuditTrail audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        var secret = ClientSecret.Make();
        return await db.InOrganisationAsync<Results<Ok<Response>, ProblemHttpResult>>(organisation.Id, async token =>
        {
            if (await db.ApiClients.SingleOrDefaultAsync(c => c.ClientId == id && c.RevokedAt == null, token) is not { } client
                || await applications.FindByClientIdAsync(id, token) is not { } application)
            {
                return ApiClient.Unknown();
            }
            client.RotatedAt = clock.GetUtcNow();
            await applications.UpdateAsync(application, secret, token);
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "client-secret-rotated") with { Target = id }, token);
            return TypedResults.Ok(new Response(secret));
        }, cancellationToken);
    }
}
