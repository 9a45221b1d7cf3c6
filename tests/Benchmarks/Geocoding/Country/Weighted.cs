using System.Globalization;
using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>Things of which some are drawn more often than others.</summary>
internal sealed class Weighted<T>
{
    private readonly T[] things;
    private readonly double[] upTo;

    public Weighted(IEnumerable<(T Thing, double Weight)> things)
    {
        var all = things.ToArray();
        this.things = [.. all.Select(one => one.Thing)];
        upTo = new double[all.Length];
        var sum = 0.0;
        for (var i = 0; i < all.Length; i++)
        {
            upTo[i] = sum += all[i].Weight;
        }
    }

    public T Draw(Dice dice)
    {
        var at = Array.BinarySearch(upTo, dice.Roll() * upTo[^1]);
        return things[Math.Min(at < 0 ? ~at : at + 1, things.Length - 1)];
    }
}

internal static class Weighted
{
    /// <summary>Reads "gatan=24 vägen=46"; what says no weight weighs 1.</summary>
    public static Weighted<string> Read(IEnumerable<string> words) => new(words.Select(word =>
    {
        var parts = word.Split('=');
        return (parts[0], parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
    }));

    /// <summary>The first most often, as words of a language are (Zipf).</summary>
    public static Weighted<string> Falling(IEnumerable<string> words, double steepness, double flatTop) =>
        new(words.Select((word, rank) => (word, 1 / Math.Pow(rank + flatTop, steepness))));
}
