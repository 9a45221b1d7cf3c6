using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Search;

/// <summary>For imports: up to a thousand addresses at a time, each answered as by itself.</summary>
internal static class FindMatchesInBatch
{
    private const int MatchesEach = 5;

    /// <summary>Few enough that residents who wait for one answer are not starved.</summary>
    private const int AtATime = 3;

    /// <param name="Items">1 to 1,000.</param>
    /// <param name="MunicipalityCodes">The addresses of these municipalities stand first.</param>
    public sealed record Request(
        [property: Required, MinLength(1), MaxLength(1000)] IReadOnlyList<AddressFields> Items,
        [property: MaxLength(300)] string[]? MunicipalityCodes = null);

    /// <param name="Results">In the order of the items.</param>
    public sealed record Response(IReadOnlyList<FindMatches.Response> Results);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Request request, MatchAddress match, CancellationToken cancellationToken)
    {
        if (request.Items.Any(item => item is null))
        {
            return Problems.Invalid("items", "null");
        }

        var municipalities = PreferredMunicipalities.Codes(request.MunicipalityCodes);
        var results = new FindMatches.Response[request.Items.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, results.Length, limits, async (index, token) =>
            results[index] = FindMatches.Of(await match.RunAsync(request.Items[index], municipalities, MatchesEach, token)));
        return TypedResults.Ok(new Response(results));
    }
}
