using Ums.ServiceDefaults.Tokens;

namespace Ums.Geocoding.Search;

internal static class SearchApi
{
    public static IHostApplicationBuilder AddSearch(this IHostApplicationBuilder builder)
    {
        builder.Services.AddMemoryCache();
        builder.Services.AddHttpClient<PreferredMunicipalities>(client => client.BaseAddress = new Uri("http://identity"));
        return builder;
    }

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/addresses").WithTags("Search");
        group.MapPost("/matches", FindMatches.Handle).RequireScope(Scopes.AddressRead)
            .WithName("FindMatches").WithSummary("The addresses that somebody may mean, with how certain that is.");
        group.MapPost("/matches/batch", FindMatchesInBatch.Handle).RequireScope(Scopes.AddressMatch)
            .WithName("FindMatchesInBatch").WithSummary("Up to a thousand addresses at a time.");
        group.MapGet("/reverse", ReverseGeocode.Handle).RequireScope(Scopes.AddressRead)
            .WithName("ReverseGeocode").WithSummary("The addresses nearest to a position.");
        group.MapGet("/suggest", SuggestAddresses.Handle).RequireScope(Scopes.AddressRead)
            .WithName("SuggestAddresses").WithSummary("Streets and addresses while somebody types.");
    }
}
