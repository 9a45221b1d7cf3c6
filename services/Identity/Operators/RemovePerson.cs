using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;

namespace Ums.Identity.Operators;

/// <summary>Somebody works for the organisation no more, at once. Their account stays: it may belong to others, and the audit names it.</summary>
internal static class RemovePerson
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string slug, Guid id, ClaimsPrincipal user, IdentityDb db, OperatorSessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        return await db.InOrganisationAsync<Results<NoContent, ProblemHttpResult>>(organisation.Id, async token =>
        {
            var everyone = await Members.LockAsync(db, token);
            if (everyone.Find(m => m.OperatorId == id) is not { } member)
            {
                return OperatorProblems.UnknownPerson();
            }
            if (Members.IsLastAdministrator(everyone, member))
            {
                return OperatorProblems.LastAdministrator();
            }
            db.Memberships.Remove(member);
            await sessions.EndInAsync(organisation.Id, id, token);
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "operator-removed") with
            {
                Target = id.ToString(),
                Detail = string.Join(' ', member.Roles),
            }, token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
