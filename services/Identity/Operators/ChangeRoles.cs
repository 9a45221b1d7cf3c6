using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Operators;

/// <summary>What somebody may do in the organisation from now on. Their sessions in it end, so that it holds at once.</summary>
internal static class ChangeRoles
{
    public sealed record Request(string?[]? Roles);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string slug, Guid id, Request request, ClaimsPrincipal user, IdentityDb db, OperatorSessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        if (Roles.Read(request.Roles) is not { } roles)
        {
            return Problems.Invalid("roles", "unknown-role");
        }
        return await db.InOrganisationAsync<Results<NoContent, ProblemHttpResult>>(organisation.Id, async token =>
        {
            var everyone = await Members.LockAsync(db, token);
            if (everyone.Find(m => m.OperatorId == id) is not { } member)
            {
                return OperatorProblems.UnknownPerson();
            }
            if (!roles.Contains(Roles.Administrator) && Members.IsLastAdministrator(everyone, member))
            {
                return OperatorProblems.LastAdministrator();
            }
            var before = string.Join(' ', member.Roles);
            member.Roles = roles;
            await sessions.EndInAsync(organisation.Id, id, token);
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, "roles-changed") with
            {
                Target = id.ToString(),
                Detail = $"{before} > {string.Join(' ', roles)}",
            }, token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
