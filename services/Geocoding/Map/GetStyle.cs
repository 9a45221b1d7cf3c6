using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ums.Geocoding.Map;

/// <summary>The style is one file with colours by name; light and dark are two palettes. It needs no glyphs and no sprite: text is drawn in the page's own font.</summary>
internal static class GetStyle
{
    // What stands for the ground as long as there is no base map that shows it.
    private static readonly string[] Ground = ["lived-on", "towns"];

    private static readonly string Template = Read("style.json"), BaseTemplate = Read("base.json");

    /// <param name="scheme"><c>dark</c> for the dark palette; anything else is light.</param>
    public static Results<ContentHttpResult, RedirectHttpResult> Handle(
        string? scheme, HttpContext context, IOptions<MapOptions> options, BaseMap map, IConfiguration configuration)
    {
        context.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = options.Value.Fresh };
        if (options.Value.StyleAddress is { Length: > 0 } other)
        {
            return TypedResults.Redirect(other);
        }

        // MapLibre wants whole addresses; the issuer is where browsers reach the gateway.
        var tiles = options.Value.TileAddress ?? configuration["Tokens:Issuer"]!.TrimEnd('/') + "/api/map/tiles/{z}/{x}/{y}.mvt";
        var palette = scheme == "dark" ? Palette.Dark : Palette.Light;
        return TypedResults.Text(Fill(palette, tiles, options.Value.Attribution, map.Address), "application/json; charset=utf-8");
    }

    private static string Fill(Palette palette, string tiles, string attribution, string? baseMap)
    {
        var style = JsonNode.Parse(palette.Colour(Template))!;
        var source = style["sources"]!["ums"]!;
        source["tiles"] = new JsonArray(tiles);
        source["attribution"] = attribution;
        if (baseMap is not null)
        {
            LayUnder(style, JsonNode.Parse(palette.Colour(BaseTemplate))!.AsArray(), baseMap);
        }

        return style.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.Web));
    }

    private static void LayUnder(JsonNode style, JsonArray baseLayers, string baseMap)
    {
        style["sources"]!["base"] = new JsonObject { ["type"] = "vector", ["url"] = "pmtiles://" + baseMap };
        var layers = style["layers"]!.AsArray();
        layers.RemoveAll(layer => Ground.Contains((string)layer!["id"]!));
        var above = 1; // the paper stays undermost
        foreach (var layer in baseLayers)
        {
            layers.Insert(above++, layer!.DeepClone());
        }
    }

    private static string Read(string name)
    {
        using var stream = typeof(GetStyle).Assembly.GetManifestResourceStream("Ums.Geocoding.Map." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
