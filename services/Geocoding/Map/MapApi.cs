namespace Ums.Geocoding.Map;

internal static class MapApi
{
    public static IHostApplicationBuilder AddMap(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MapOptions>().BindConfiguration("Map").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddMemoryCache();
        builder.Services.AddSingleton<MapVersion>();
        builder.Services.AddSingleton<DrawTile>();
        builder.Services.AddSingleton<Tiles>();
        builder.Services.AddSingleton<BaseMap>();
        builder.Services.AddSingleton<KeepMapFresh>();
        builder.Services.AddHostedService(services => services.GetRequiredService<KeepMapFresh>());
        return builder;
    }

    public static void MapMap(this IEndpointRouteBuilder routes)
    {
        // Now, so that a base map that cannot be used is told of at the start and not when the first browser asks.
        routes.ServiceProvider.GetRequiredService<BaseMap>();

        // Anonymous: a map of public streets, drawn before anybody has signed in.
        var group = routes.MapGroup("/api/map").WithTags("Map").AllowAnonymous();
        group.MapGet("/style.json", GetStyle.Handle).WithName("GetMapStyle").WithSummary("A MapLibre style over our own tiles; ?scheme=dark for the dark one.");
        group.MapGet("/tiles/{z}/{x}/{y}.mvt", GetTile.Handle).WithName("GetMapTile").WithSummary("A vector tile of built-up ground, streets, houses, parks and place names.");
        group.MapGet("/municipalities/{code}", GetMunicipality.Handle).WithName("GetMunicipality").WithSummary("A municipality's name and the outline of its addresses.");
        group.MapGet("/base.pmtiles", GetBase.Handle).WithName("GetBaseMap").WithSummary("A part of the base map's PMTiles file, where one is configured; ask with Range.");
    }
}
