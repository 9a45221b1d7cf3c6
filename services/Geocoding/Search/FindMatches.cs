using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Geocoding.Indexing;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Search;

internal static class FindMatches
{
    /// <param name="Organisation">Slug; the addresses of its municipalities stand first. Without it the token's organisation is taken.</param>
    /// <param name="MunicipalityCodes">The same said with codes; goes before <paramref name="Organisation"/>.</param>
    /// <param name="Limit">How many matches to answer with, 1 to 50; 10 where it is left out.</param>
    public sealed record Request(
        [property: StringLength(100)] string? Organisation = null,
        [property: MaxLength(300)] string[]? MunicipalityCodes = null,
        [property: Range(1, 50)] int? Limit = null) : AddressFields;

    /// <param name="Score">0 to 1.</param>
    public sealed record Match(
        string AddressId, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode,
        int? Gnr, int? Bnr, int? Fnr, int? Snr, double Latitude, double Longitude, double Score);

    /// <param name="Category">A: exact. B: one certain address after safe corrections. C: candidates to choose from, or none.</param>
    /// <param name="Matches">Best first; the preferred municipalities before all others.</param>
    public sealed record Response(Category Category, IReadOnlyList<Match> Matches);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, ClaimsPrincipal user, PreferredMunicipalities preferred, CurrentIndex addresses, CancellationToken cancellationToken)
    {
        var municipalities = await preferred.OfAsync(request.MunicipalityCodes, request.Organisation, user, cancellationToken);
        if (municipalities is null)
        {
            return Problems.Invalid("organisation", "unknown");
        }

        return TypedResults.Ok(Of(MatchAddress.Find(addresses.Value, request, municipalities, request.Limit ?? 10)));
    }

    public static Response Of(MatchAddress.Result result) => new(result.Category, [.. result.Matches.Select(Of)]);

    private static Match Of(MatchAddress.Match match) => new(
        match.Address.Id, match.Address.Street, match.Address.Number, match.Address.Letter, match.Address.Postcode, match.Address.Place,
        match.Address.MunicipalityCode, match.Address.Gnr, match.Address.Bnr, match.Address.Fnr, match.Address.Snr,
        match.Address.Latitude, match.Address.Longitude, Math.Round(match.Score, 4));
}
