using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>From a position to the addresses around it, such as after a pin was moved.</summary>
internal static class ReverseGeocode
{
    private const double MetresByDegree = 111_200;

    private const int RingsLookedAt = 12;

    /// <param name="Metres">From the position that was asked for, as the crow flies.</param>
    public sealed record Nearby(
        string AddressId, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode,
        double Latitude, double Longitude, double Metres);

    /// <param name="latitude">WGS84 degrees.</param>
    /// <param name="longitude">WGS84 degrees.</param>
    /// <param name="limit">1 to 20; 1 where it is left out.</param>
    /// <returns>Nearest first; empty where there is no address within some ten kilometres.</returns>
    public static Ok<Nearby[]> Handle(
        [FromQuery, Range(-90.0, 90.0)] double latitude, [FromQuery, Range(-180.0, 180.0)] double longitude, [FromQuery, Range(1, 20)] int? limit, CurrentIndex addresses)
    {
        var index = addresses.Value;
        return TypedResults.Ok(Find(index, latitude, longitude, limit ?? 1).Select(found => Of(index.AddressOf(found.House), found.Metres)).ToArray());
    }

    public static IReadOnlyList<(int House, double Metres)> Find(AddressIndex index, double latitude, double longitude, int limit)
    {
        var nearest = new PriorityQueue<int, double>();
        for (var ring = 0; ring <= RingsLookedAt; ring++)
        {
            foreach (var street in index.Nearby.InRing(latitude, longitude, ring))
            {
                Keep(index, street, latitude, longitude, limit, nearest);
            }

            var full = nearest.Count == limit && nearest.TryPeek(out _, out var farthest) && -farthest <= NearbyStreets.MetresBeyond(latitude, ring);
            if (full)
            {
                break;
            }
        }

        return [.. nearest.UnorderedItems.Select(item => (item.Element, -item.Priority)).OrderBy(item => item.Item2).ThenBy(item => item.Element)];
    }

    // The queue's first is the farthest of those kept. A street may come twice, by two squares.
    private static void Keep(AddressIndex index, int street, double latitude, double longitude, int limit, PriorityQueue<int, double> nearest)
    {
        var corner = index.Streets.CornerOf(street);
        var houses = index.Streets.HousesOf(street);
        var eastward = Math.Cos(latitude * Math.PI / 180);
        for (var house = houses.First; house < houses.After; house++)
        {
            var at = index.Houses.PositionOf(house, corner);
            var (north, east) = ((at.Latitude - latitude) * MetresByDegree, (at.Longitude - longitude) * MetresByDegree * eastward);
            var metres = Math.Sqrt((north * north) + (east * east));
            if (nearest.Count == limit && nearest.TryPeek(out _, out var farthest) && metres >= -farthest)
            {
                continue;
            }

            if (nearest.UnorderedItems.Any(kept => kept.Element == house))
            {
                continue;
            }

            nearest.Enqueue(house, -metres);
            if (nearest.Count > limit)
            {
                nearest.Dequeue();
            }
        }
    }

    private static Nearby Of(IndexedAddress address, double metres) => new(
        address.Id, address.Street, address.Number, address.Letter, address.Postcode, address.Place, address.MunicipalityCode,
        address.Latitude, address.Longitude, Math.Round(metres, 1));
}
