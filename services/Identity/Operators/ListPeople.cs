using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;

namespace Ums.Identity.Operators;

/// <summary>Who works for the organisation, and who has been invited to.</summary>
internal static class ListPeople
{
    public sealed record Person(Guid Id, string Name, string Email, string[] Roles, DateTimeOffset Since);

    public sealed record Invited(Guid Id, string Name, string Email, string[] Roles, DateTimeOffset ExpiresAt);

    public sealed record Response(IReadOnlyList<Person> People, IReadOnlyList<Invited> Invitations);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, ClaimsPrincipal user, IdentityDb db, People people, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        var now = clock.GetUtcNow();
        return await db.InOrganisationAsync(organisation.Id, async token =>
        {
            var members = await db.Memberships.Join(db.Operators, m => m.OperatorId, o => o.Id, (m, o) => new { m.Roles, m.Since, o.Id, o.NameSealed, o.EmailSealed })
                .ToListAsync(token);
            var invited = await db.Invitations.AsNoTracking().Where(i => i.UsedAt == null && i.ExpiresAt > now).ToListAsync(token);
            return TypedResults.Ok(new Response(
                [.. members.Select(m => new Person(m.Id, people.Open(m.NameSealed), people.Open(m.EmailSealed), m.Roles, m.Since)).OrderBy(p => p.Name, StringComparer.Ordinal)],
                [.. invited.Select(i => new Invited(i.Id, people.Open(i.NameSealed!), people.Open(i.EmailSealed!), i.Roles, i.ExpiresAt)).OrderBy(i => i.Name, StringComparer.Ordinal)]));
        }, cancellationToken);
    }
}
