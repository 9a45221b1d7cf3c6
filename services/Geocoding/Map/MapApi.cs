namespace Ums.Geocoding.Map;

internal static class MapApi
{
    public static IHostApplicationBuilder AddMap(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MapOptions>().BindConfiguration("Map").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<MapVersion>();
        builder.Services.AddSingleton<DrawTile>();
        return builder;
    }

    public static void MapMap(this IEndpointRouteBuilder routes)
    {
        // Anonymous: a map of public streets, drawn before anybody has signed in.
        var group = routes.MapGroup("/api/map").WithTags("Map").AllowAnonymous();
        group.MapGet("/style.json", GetStyle.Handle).WithName("GetMapStyle").WithSummary("A MapLibre style over our own tiles; ?scheme=dark for the dark one.");
        group.MapGet("/tiles/{z}/{x}/{y}.mvt", GetTile.Handle).WithName("GetMapTile").WithSummary("A vector tile of streets, houses, parks and place names.");
    }
}
