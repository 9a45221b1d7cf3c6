using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Map;

internal static class GetTile
{
    private const string MediaType = "application/vnd.mapbox-vector-tile";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static async Task<Results<FileContentHttpResult, NoContent, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        string z, string x, string y, HttpContext context, MapVersion version, Tiles tiles, IOptions<MapOptions> options, CancellationToken cancellationToken)
    {
        if (TilePlace.Read(z, x, y) is not { } place)
        {
            return Problems.Problem(StatusCodes.Status404NotFound, "unknown-tile", "There is no such tile.");
        }

        var data = await version.GetAsync(cancellationToken);
        var tag = new EntityTagHeaderValue($"\"{data.Version}-{place.Zoom}-{place.X}-{place.Y}\"");
        // The tag says what would be drawn, so a browser that has it costs no drawing.
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            MayBeKept(context.Response, tag, data, options.Value);
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (await tiles.GetAsync(data.Version, place, cancellationToken) is not { } tile)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "map-busy", "The tile could not be drawn in time. Try again in a moment.");
        }

        MayBeKept(context.Response, tag, data, options.Value);
        return tile.Length == 0 ? TypedResults.NoContent() : TypedResults.Bytes(tile, MediaType);
    }

    private static void MayBeKept(HttpResponse response, EntityTagHeaderValue tag, MapData data, MapOptions options)
    {
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = data.Settled ? options.Fresh : Soon };
    }
}
