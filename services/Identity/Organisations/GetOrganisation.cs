using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Http;

namespace Ums.Identity.Organisations;

internal static class GetOrganisation
{
    public sealed record Response(
        Guid Id, string Slug, string Name, OrganisationKind Kind, string[] MunicipalityCodes, string Language,
        string SmsSenderName, string VoiceCallerId, bool NorwegianNumbers, string[] Categories);

    /// <param name="slug">Or the id, which is how other services know it.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string slug, IdentityDb db, CancellationToken cancellationToken) =>
        await (Guid.TryParse(slug, out var id)
            ? db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.Active, cancellationToken)
            : db.Organisations.ActiveAsync(slug, cancellationToken)) is { } o
            ? TypedResults.Ok(new Response(
                o.Id, o.Slug, o.Name, o.Kind, o.MunicipalityCodes, o.Language, o.SmsSenderName, o.VoiceCallerId, o.NorwegianNumbers, o.Categories))
            : Unknown();

    public static ProblemHttpResult Unknown() =>
        Problems.Problem(StatusCodes.Status404NotFound, "unknown-organisation", "There is no such municipality or company here.");

    /// <summary>The organisation of that slug or id, unless it is switched off.</summary>
    public static Task<Organisation?> ActiveAsync(this DbSet<Organisation> organisations, string slug, CancellationToken cancellationToken) =>
        slug.Contains('\0', StringComparison.Ordinal)
            ? Task.FromResult<Organisation?>(null)
            : Guid.TryParseExact(slug, "D", out var id)
                ? organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.Active, cancellationToken)
                : organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Slug == slug && o.Active, cancellationToken);
}
