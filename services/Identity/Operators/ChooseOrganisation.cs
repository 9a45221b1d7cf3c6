using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

/// <summary>
/// Which organisation the session works in from now on. UMS's staff enter those that they do not belong to with a reason, which the organisation finds in its
/// audit.
/// </summary>
internal static class ChooseOrganisation
{
    private const int ShortestReason = 10;
    private const int LongestReason = 300;

    public sealed record Request(string? Slug, string? Reason);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, IdentityDb db, OperatorSessions sessions, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(Guid.Parse(user.Required(Claims.Session)), cancellationToken) is not { Session: var session, Operator: var person })
        {
            return Problems.Problem(StatusCodes.Status404NotFound, "session-ended", "The session has ended.");
        }
        if (await db.Organisations.ActiveAsync(request.Slug ?? "", cancellationToken) is not { } organisation
            || (session.Bound && session.OrganisationId != organisation.Id))
        {
            return GetOrganisation.Unknown();
        }
        var reason = request.Reason?.Trim();
        return await db.AcrossOrganisationsAsync<Results<NoContent, ProblemHttpResult>>(async token =>
        {
            var member = await db.Memberships.AnyAsync(m => m.OperatorId == person.Id && m.OrganisationId == organisation.Id, token);
            if (!member && !person.Staff)
            {
                return GetOrganisation.Unknown();
            }
            if (!member && (reason is not { Length: >= ShortestReason and <= LongestReason } || reason.Any(char.IsControl)))
            {
                return Problems.Invalid("reason", "ten-to-three-hundred-letters");
            }
            await db.OperatorSessions.Where(s => s.Id == session.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.OrganisationId, organisation.Id), token);
            await audit.AppendAsync(db, organisation.Id, AuditRecord.By(user, member ? "operator-entered" : "staff-entered") with
            {
                Reason = member ? null : reason,
            }, token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
