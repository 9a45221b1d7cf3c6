using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Ums.ServiceDefaults.Http;

namespace Ums.Geocoding.Map;

/// <summary>A municipality by name, and the ground on which its addresses lie: what a map of where an organisation warns shows.</summary>
internal static class GetMunicipality
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <param name="Outline">A GeoJSON geometry around all its addresses; null where there are none here.</param>
    public sealed record Response(string Code, string Name, int Addresses, double Latitude, double Longitude, JsonNode? Outline);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string code, HttpContext context, NpgsqlDataSource database, MapVersion version, IMemoryCache cache, CancellationToken cancellationToken)
    {
        if (code is not { Length: 4 } || !code.All(char.IsAsciiDigit))
        {
            return Unknown();
        }
        var data = await version.GetAsync(cancellationToken);
        if (await cache.GetOrCreateAsync((nameof(GetMunicipality), data.Version, code), entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = Kept;
                return FindAsync(database, code, cancellationToken);
            }) is not { } found)
        {
            return Unknown();
        }
        context.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = TimeSpan.FromMinutes(1) };
        return TypedResults.Ok(found);
    }

    private static ProblemHttpResult Unknown() => Problems.Problem(StatusCodes.Status404NotFound, "unknown-municipality", "There is no municipality of that code.");

    /// <summary>The hull of some hundred thousand points is a matter of a moment; to a street's width, it is a few hundred bytes.</summary>
    private static async Task<Response?> FindAsync(NpgsqlDataSource database, string code, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            select m.name, m.latitude, m.longitude, a.addresses, st_asgeojson(st_simplifypreservetopology(st_buffer(a.hull, 0.0004, 2), 0.0002), 5)
            from municipalities m
            cross join lateral (select count(*)::int as addresses, st_convexhull(st_collect(position)) as hull from addresses where municipality_code = m.code) a
            where m.code = $1
            """);
        command.Parameters.Add(new() { Value = code });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new Response(code, row.GetString(0), row.GetInt32(3), row.GetDouble(1), row.GetDouble(2), row[4] is string outline ? JsonNode.Parse(outline) : null)
            : null;
    }
}
