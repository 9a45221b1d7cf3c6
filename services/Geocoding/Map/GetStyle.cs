using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ums.Geocoding.Map;

/// <summary>The style is one file with colours by name; light and dark are two palettes. It needs no glyphs and no sprite: text is drawn in the page's own font.</summary>
internal static class GetStyle
{
    private static readonly string Template = ReadTemplate();

    /// <param name="scheme"><c>dark</c> for the dark palette; anything else is light.</param>
    public static Results<ContentHttpResult, RedirectHttpResult> Handle(string? scheme, HttpContext context, IOptions<MapOptions> options, IConfiguration configuration)
    {
        context.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = options.Value.Fresh };
        if (options.Value.StyleAddress is { Length: > 0 } other)
        {
            return TypedResults.Redirect(other);
        }

        // MapLibre wants whole addresses; the issuer is where browsers reach the gateway.
        var tiles = options.Value.TileAddress ?? configuration["Tokens:Issuer"]!.TrimEnd('/') + "/api/map/tiles/{z}/{x}/{y}.mvt";
        var palette = scheme == "dark" ? Palette.Dark : Palette.Light;
        return TypedResults.Text(Fill(palette, tiles, options.Value.Attribution), "application/json; charset=utf-8");
    }

    internal static string Fill(Palette palette, string tiles, string attribution)
    {
        var style = JsonNode.Parse(palette.Colour(Template))!;
        var source = style["sources"]!["ums"]!;
        source["tiles"] = new JsonArray(tiles);
        source["attribution"] = attribution;
        return style.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.Web));
    }

    private static string ReadTemplate()
    {
        using var stream = typeof(GetStyle).Assembly.GetManifestResourceStream("Ums.Geocoding.Map.style.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
