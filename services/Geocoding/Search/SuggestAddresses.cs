using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ums.Geocoding.Indexing;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Search;

/// <summary>Type-ahead: whole streets while a name is being typed, addresses as soon as there is a number.</summary>
internal static class SuggestAddresses
{
    /// <param name="Text">The whole as a person would write it, ready for the field.</param>
    /// <param name="AddressId">Null where the suggestion is a street.</param>
    public sealed record Suggestion(
        string Text, string? AddressId, string Street, int? Number, string? Letter, string? Postcode, string Place, string MunicipalityCode);

    public static async Task<Results<Ok<Suggestion[]>, ProblemHttpResult>> Handle(
        [FromQuery, Required, StringLength(200)] string q,
        [FromQuery, StringLength(100)] string? organisation,
        [FromQuery, MaxLength(300)] string[]? municipalityCodes,
        [FromQuery, Range(1, 20)] int? limit,
        ClaimsPrincipal user, PreferredMunicipalities preferred, CurrentIndex addresses, CancellationToken cancellationToken)
    {
        var municipalities = await preferred.OfAsync(municipalityCodes, organisation, user, cancellationToken);
        return municipalities is null
            ? Problems.Invalid("organisation", "unknown")
            : TypedResults.Ok(FindSuggestions.Find(addresses.Value, q, municipalities, limit ?? 8));
    }
}
