using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Geocoding.Indexing;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Search;

/// <summary>For imports: up to a thousand addresses at a time, each answered as by itself.</summary>
internal static class FindMatchesInBatch
{
    private const int MatchesEach = 5;

    /// <param name="Items">1 to 1,000.</param>
    /// <param name="MunicipalityCodes">The addresses of these municipalities stand first.</param>
    public sealed record Request(
        [property: Required, MinLength(1), MaxLength(1000)] IReadOnlyList<AddressFields> Items,
        [property: MaxLength(300)] string[]? MunicipalityCodes = null);

    /// <param name="Results">In the order of the items.</param>
    public sealed record Response(IReadOnlyList<FindMatches.Response> Results);

    public static Results<Ok<Response>, ProblemHttpResult> Handle(Request request, CurrentIndex addresses, CancellationToken cancellationToken)
    {
        if (request.Items.Any(item => item is null))
        {
            return Problems.Invalid("items", "null");
        }

        // One version of the index for the whole batch, and one core: residents who wait for one answer have the others.
        var index = addresses.Value;
        var municipalities = PreferredMunicipalities.Codes(request.MunicipalityCodes);
        var results = new List<FindMatches.Response>(request.Items.Count);
        foreach (var item in request.Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(FindMatches.Of(MatchAddress.Find(index, item, municipalities, MatchesEach)));
        }

        return TypedResults.Ok(new Response(results));
    }
}
