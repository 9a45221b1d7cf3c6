using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.ApiClients;

/// <summary>The program is let in no more. A token that it has ends within the quarter of an hour that such tokens last.</summary>
internal static class RevokeClient
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string slug, string id, ClaimsPrincipal user, IdentityDb db, IOpenIddictApplicationManager applications, AuditTrail audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        return await db.InOrganisationAsync<Results<NoContent, ProblemHttpResult>>(organisation.Id, async token =>
        {
            if (await db.ApiClients.SingleOrDefaultAsync(c => c.ClientId == id && c.RevokedAt == null, token) is not { } client)
            {
                return ApiClient.Unknown();
            }
            client.RevokedAt = clock.GetUtcNow();
            if (await applications.FindByClientIdAsync(id, token) is { } application)
            {
                await applications.DeleteAsync(application, token);
            }
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "client-revoked") with { Target = id }, token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
