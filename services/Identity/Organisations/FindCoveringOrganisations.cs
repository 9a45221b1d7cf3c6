using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Http;

namespace Ums.Identity.Organisations;

/// <summary>Who warns in a municipality: where an address outside of one portal is turned away, these are the portals to visit instead, the municipality's first.</summary>
internal static class FindCoveringOrganisations
{
    public sealed record Covering(string Slug, string Name, OrganisationKind Kind);

    public static async Task<Results<Ok<List<Covering>>, ProblemHttpResult>> Handle(string code, IdentityDb db, CancellationToken cancellationToken)
    {
        if (code.Length != 4 || !code.All(char.IsAsciiDigit))
        {
            return Problems.Invalid("code", "not-a-municipality-code");
        }
        var codes = new[] { code };
        var covering = await db.Organisations.AsNoTracking()
            .Where(o => o.Active && codes.All(c => o.MunicipalityCodes.Contains(c)))
            .OrderByDescending(o => o.Kind).ThenBy(o => o.Name)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(covering.ConvertAll(o => new Covering(o.Slug, o.Name, o.Kind)));
    }
}
