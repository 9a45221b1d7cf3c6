using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Http;

namespace Ums.Identity.Organisations;

/// <summary>Organisations by what one has typed so far: the start of any word, accents and case forgiven; after those, names that come close.</summary>
internal static class FindOrganisations
{
    public const int LongestQuery = 100;
    private const int DefaultLimit = 10;
    private const int LargestLimit = 400;

    public sealed record Found(Guid Id, string Slug, string Name, OrganisationKind Kind, string[] MunicipalityCodes, string Language);

    public static async Task<Results<Ok<List<Found>>, ProblemHttpResult>> Handle(string? query, int? limit, IdentityDb db, CancellationToken cancellationToken)
    {
        if (query?.Length > LongestQuery)
        {
            return Problems.Invalid("query", "too-long");
        }
        if (limit is < 1 or > LargestLimit)
        {
            return Problems.Invalid("limit", "out-of-range");
        }
        var typed = (query ?? "").Replace('\0', '\uFFFD');
        var found = await db.Organisations.FromSql($"""
            select o.* from organisations o, (select ums_fold({typed}) as q) as typed
            where o.active and (
                typed.q = '' and {typed.Trim()} = ''
                or typed.q <> '' and (' ' || o.search like '% ' || typed.q || '%' or word_similarity(typed.q, o.search) > 0.5))
            order by o.search like typed.q || '%' desc, ' ' || o.search like '% ' || typed.q || '%' desc,
                case when typed.q = '' then 0 else word_similarity(typed.q, o.search) end desc, o.search
            limit {limit ?? DefaultLimit}
            """).AsNoTracking().ToListAsync(cancellationToken);
        return TypedResults.Ok(found.ConvertAll(o => new Found(o.Id, o.Slug, o.Name, o.Kind, o.MunicipalityCodes, o.Language)));
    }
}
