using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Map;

internal static class GetBase
{
    /// <summary>More than any directory or tile; a whole country's file is not for downloading here.</summary>
    private const long LongestPart = 4 * 1024 * 1024;

    private const string MediaType = "application/vnd.pmtiles";

    public static Results<PhysicalFileHttpResult, ProblemHttpResult> Handle(HttpContext context, BaseMap map, IOptions<MapOptions> options)
    {
        var file = new FileInfo(map.File ?? "/");
        if (!file.Exists)
        {
            return Problems.Problem(StatusCodes.Status404NotFound, "no-base-map", "There is no base map here.");
        }

        var asked = context.Request.GetTypedHeaders().Range;
        if (asked is not { Ranges.Count: 1 } || asked.Unit != "bytes" || Length(asked.Ranges.First(), file.Length) is not (> 0 and <= LongestPart))
        {
            context.Response.Headers.ContentRange = $"bytes */{file.Length}";
            return Problems.Problem((int)HttpStatusCode.RequestedRangeNotSatisfiable, "ask-for-a-part", "Ask for one part of the file with Range, of 4 MiB at most.");
        }

        context.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = options.Value.Fresh };
        var tag = new EntityTagHeaderValue($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\"");
        return TypedResults.PhysicalFile(file.FullName, MediaType, lastModified: file.LastWriteTimeUtc, entityTag: tag, enableRangeProcessing: true);
    }

    private static long Length(RangeItemHeaderValue part, long length) => part switch
    {
        { From: { } from, To: { } to } => Math.Min(to, length - 1) - from + 1,
        { From: { } from } => length - from,
        { To: { } last } => last,
        _ => 0,
    };
}
