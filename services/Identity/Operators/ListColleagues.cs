using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;

namespace Ums.Identity.Operators;

/// <summary>Who is behind the ids that stand in histories, for everyone who works in the organisation: names and nothing else.</summary>
internal static class ListColleagues
{
    public sealed record Colleague(Guid Id, string Name);

    public sealed record Response(IReadOnlyList<Colleague> Colleagues);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, ClaimsPrincipal user, IdentityDb db, People people, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        return await db.InOrganisationAsync(organisation.Id, async token =>
        {
            var members = await db.Memberships.Join(db.Operators, m => m.OperatorId, o => o.Id, (m, o) => new { o.Id, o.NameSealed }).ToListAsync(token);
            return TypedResults.Ok(new Response([.. members.Select(m => new Colleague(m.Id, people.Open(m.NameSealed))).OrderBy(c => c.Name, StringComparer.Ordinal)]));
        }, cancellationToken);
    }
}
