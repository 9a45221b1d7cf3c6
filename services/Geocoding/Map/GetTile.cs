using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Map;

internal static class GetTile
{
    private const string MediaType = "application/vnd.mapbox-vector-tile";

    public static async Task<Results<FileContentHttpResult, NoContent, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        string z, string x, string y, HttpContext context, MapVersion version, DrawTile draw, IOptions<MapOptions> options, CancellationToken cancellationToken)
    {
        if (TilePlace.Read(z, x, y) is not { } tile)
        {
            return Problems.Problem(StatusCodes.Status404NotFound, "unknown-tile", "There is no such tile.");
        }

        var tag = new EntityTagHeaderValue($"\"{await version.GetAsync(cancellationToken)}-{tile.Zoom}-{tile.X}-{tile.Y}\"");
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = options.Value.Fresh };
        // The tag says what would be drawn, so a browser that has it costs no drawing.
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var drawn = await draw.RunAsync(tile, cancellationToken);
        return drawn.Length == 0 ? TypedResults.NoContent() : TypedResults.Bytes(drawn, MediaType);
    }
}
