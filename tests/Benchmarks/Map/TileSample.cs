using Ums.Benchmarks.Geocoding;
using Ums.Geocoding.Demo;
using Ums.Geocoding.Map;

namespace Ums.Benchmarks.Map;

/// <summary>Which tiles are asked for: of each zoom the fullest, and others as often as people live there.</summary>
internal static class TileSample
{
    private const int Fullest = 30, Others = 270;

    public static SortedDictionary<int, IReadOnlyList<string>> Of(string addresses, int seed)
    {
        // Counted at the deepest zoom; the coarser ones add up.
        var counts = AddressFile.Read(addresses).CountBy(row => Deepest(row.Longitude, row.Latitude)).ToDictionary();
        var sample = new SortedDictionary<int, IReadOnlyList<string>>();
        for (var zoom = TilePlace.Deepest; zoom >= 0; zoom--)
        {
            sample[zoom] = [.. Chosen(counts, new Dice((ulong)(seed + zoom))).Select(tile => $"api/map/tiles/{zoom}/{tile.X}/{tile.Y}.mvt")];
            counts = counts.GroupBy(tile => (tile.Key.X >> 1, tile.Key.Y >> 1)).ToDictionary(four => four.Key, four => four.Sum(tile => tile.Value));
        }

        return sample;
    }

    private static IEnumerable<(int X, int Y)> Chosen(Dictionary<(int X, int Y), int> counts, Dice dice)
    {
        var byFullness = counts.OrderByDescending(tile => tile.Value).Select(tile => tile.Key).ToList();
        // The largest of u^(1/weight) are a draw by weight without repeats.
        var drawn = counts.Select(tile => (tile.Key, Lot: Math.Log(dice.Roll()) / tile.Value)).OrderByDescending(tile => tile.Lot).Select(tile => tile.Key);
        return byFullness.Take(Fullest).Union(drawn.Take(Others));
    }

    private static (int X, int Y) Deepest(double longitude, double latitude) => (
        (int)((longitude + 180) / 360 * (1 << TilePlace.Deepest)),
        (int)((1 - (Math.Asinh(Math.Tan(latitude * Math.PI / 180)) / Math.PI)) / 2 * (1 << TilePlace.Deepest)));
}
