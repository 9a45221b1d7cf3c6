using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Geocoding: two houses in Stockholm and one in Piteå.</summary>
public sealed class GeocodingDouble
{
    public Refusal? Refusal { get; set; }

    public void Reset() => Refusal = null;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/addresses/matches", (HttpContext http, JsonElement body) => Refusal?.Answer(http) ?? Find(body.GetProperty("street").GetString()!));
        routes.MapGet("/api/map/style.json", () => Results.Ok(new
        {
            version = 8,
            sources = new { },
            layers = new[] { new { id = "ground", type = "background", paint = new Dictionary<string, string> { ["background-color"] = "#e8ecee" } } },
        }));
    }

    private static IResult Find(string street) => street.ToUpperInvariant() switch
    {
        var known when known.Contains("BIRGER", StringComparison.Ordinal) =>
            Found("C", House("Birger Jarlsgatan", 131, "a", "11356", "Stockholm", "0180"), House("Birger Jarlsgatan", 131, "b", "11356", "Stockholm", "0180")),
        var known when known.Contains("ERIK", StringComparison.Ordinal) => Found("A", House("Sankt Eriksgatan", 117, null, "11343", "Stockholm", "0180")),
        var known when known.Contains("STORGATAN", StringComparison.Ordinal) => Found("C", House("Storgatan", 4, null, "94131", "Piteå", "2581")),
        _ => Found("C"),
    };

    private static IResult Found(string category, params object[] matches) => Results.Ok(new { category, matches });

    private static object House(string street, int number, string? letter, string postcode, string place, string municipalityCode) =>
        new { addressId = $"{street}-{number}{letter}", street, number, letter, postcode, place, municipalityCode, fnr = 1, latitude = 59.3, longitude = 18.0, score = 0.9 };
}
