using System.Buffers.Text;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Operators;

/// <summary>The signed-in operator: who they are and where they may work.</summary>
internal static class ReadAccount
{
    public sealed record Place(string Slug, string Name, string[] Roles);

    /// <param name="Id">In base64url, as the browser knows it.</param>
    public sealed record Key(string Id, string Name, DateTimeOffset CreatedAt);

    /// <param name="Organisation">The slug of the one chosen.</param>
    /// <param name="Organisations">Those to choose from; staff may enter all others too.</param>
    /// <param name="Bound">Signed in by the organisation's own provider, which also confirms who they are.</param>
    public sealed record Response(
        Guid Id, string Name, string Email, bool Staff, bool Bound, string? Organisation, string[] Roles, IReadOnlyList<Place> Organisations, int RecoveryCodesLeft,
        IReadOnlyList<Key> Passkeys);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ClaimsPrincipal user, IdentityDb db, OperatorSessions sessions, People people, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(Guid.Parse(user.Required(Claims.Session)), cancellationToken) is not { } open)
        {
            return Problems.Problem(StatusCodes.Status404NotFound, "session-ended", "The session has ended.");
        }
        var person = open.Operator;
        var places = await db.AcrossOrganisationsAsync(
            token => db.Memberships.Where(m => m.OperatorId == person.Id && (!open.Session.Bound || m.OrganisationId == open.Session.OrganisationId))
                .Join(db.Organisations.Where(o => o.Active), m => m.OrganisationId, o => o.Id, (m, o) => new { o.Slug, o.Name, m.Roles })
                .OrderBy(place => place.Name).ToListAsync(token), cancellationToken);
        var keys = await db.Passkeys.AsNoTracking().Where(key => key.OperatorId == person.Id).OrderBy(key => key.CreatedAt).ToListAsync(cancellationToken);
        var left = await db.RecoveryCodes.CountAsync(code => code.OperatorId == person.Id, cancellationToken);
        return TypedResults.Ok(new Response(
            person.Id, people.Open(person.NameSealed), people.Open(person.EmailSealed), person.Staff, open.Session.Bound, open.Organisation?.Slug, open.Roles,
            places.ConvertAll(place => new Place(place.Slug, place.Name, place.Roles)), left,
            keys.ConvertAll(key => new Key(Base64Url.EncodeToString(key.CredentialId), key.Name, key.CreatedAt))));
    }
}
