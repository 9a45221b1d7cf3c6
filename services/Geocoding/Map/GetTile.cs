using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Map;

internal static class GetTile
{
    private const string MediaType = "application/vnd.mapbox-vector-tile";

    public static async Task<Results<FileContentHttpResult, NoContent, StatusCodeHttpResult, ProblemHttpResult>> Handle(
        int z, int x, int y, HttpContext context, MapVersion version, DrawTile draw, IOptions<MapOptions> options, CancellationToken cancellationToken)
    {
        if (!DrawTile.Exists(z, x, y))
        {
            return Problems.Problem(StatusCodes.Status404NotFound, "unknown-tile", "There is no such tile.");
        }

        var tag = new EntityTagHeaderValue($"\"{await version.GetAsync(cancellationToken)}-{z}-{x}-{y}\"");
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = options.Value.Fresh };
        // The tag says what would be drawn, so a browser that has it costs no drawing.
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var tile = await draw.RunAsync(z, x, y, cancellationToken);
        return tile.Length == 0 ? TypedResults.NoContent() : TypedResults.Bytes(tile, MediaType);
    }
}
