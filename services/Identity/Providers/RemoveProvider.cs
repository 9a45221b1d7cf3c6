using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.Providers;

/// <summary>The provider vouches for nobody any more, and whom it let in is out.</summary>
internal static class RemoveProvider
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string slug, ClaimsPrincipal user, IdentityDb db, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        var now = clock.GetUtcNow();
        return await db.InOrganisationAsync<Results<NoContent, ProblemHttpResult>>(organisation.Id, async token =>
        {
            if (await db.Providers.ExecuteDeleteAsync(token) == 0)
            {
                return ReadProvider.None();
            }
            await db.ProviderSubjects.ExecuteDeleteAsync(token);
            await db.OperatorSessions.Where(s => s.OrganisationId == organisation.Id && s.Bound && s.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now), token);
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "provider-removed"), token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
