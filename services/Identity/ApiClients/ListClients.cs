using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Organisations;

namespace Ums.Identity.ApiClients;

/// <summary>The programs that the organisation lets in, and those that it let in once.</summary>
internal static class ListClients
{
    public sealed record Client(string ClientId, string Name, string[] Scopes, DateTimeOffset CreatedAt, DateTimeOffset? RotatedAt, DateTimeOffset? RevokedAt);

    /// <param name="Scopes">Those that a client of an organisation may be given.</param>
    public sealed record Response(IReadOnlyList<Client> Clients, string[] Scopes);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slug, ClaimsPrincipal user, IdentityDb db, CancellationToken cancellationToken)
    {
        if (await db.Organisations.OwnAsync(user, slug, cancellationToken) is not { } organisation)
        {
            return GetOrganisation.Unknown();
        }
        var clients = await db.InOrganisationAsync(
            organisation.Id, token => db.ApiClients.AsNoTracking().OrderBy(client => client.CreatedAt).ToListAsync(token), cancellationToken);
        return TypedResults.Ok(new Response(
            clients.ConvertAll(c => new Client(c.ClientId, c.Name, c.Scopes, c.CreatedAt, c.RotatedAt, c.RevokedAt)), [.. ClientScopes.OfOrganisations]));
    }
}
