using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.Operators;

/// <summary>The link of an invitation ends.</summary>
internal static class WithdrawInvitation
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string slug, Guid id, ClaimsPrincipal user, IdentityDb db, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        return await db.InOrganisationAsync<Results<NoContent, ProblemHttpResult>>(organisation.Id, async token =>
        {
            if (await db.Invitations.Where(i => i.Id == id && i.UsedAt == null).ExecuteDeleteAsync(token) == 0)
            {
                return OperatorProblems.UnknownInvitation();
            }
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "invitation-withdrawn") with { Target = id.ToString() }, token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
