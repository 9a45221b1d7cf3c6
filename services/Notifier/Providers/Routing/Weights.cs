namespace Ums.Notifier.Providers.Routing;

/// <summary>What is known of a provider when the shares are looked at.</summary>
/// <param name="Configured">The share that it is to have in quiet times, in points of a hundred.</param>
/// <param name="Weight">The share that it has.</param>
/// <param name="IsBad">Its recent calls failed, or its recent deliveries were slow, more often than we put up with.</param>
internal sealed record Standing(string Provider, int Configured, int Weight, bool IsBad);

/// <summary>
/// How messages are shared out among the providers of a channel, as GOV.UK Notify does it: a provider that does badly gives ten points to those that do well; where
/// all do badly nothing changes, for it is not the providers then; and in quiet times all drift back. The points of a channel are always a hundred.
/// </summary>
internal static class Weights
{
    public const int All = 100;
    public const int Step = 10;

    /// <summary>Shares of a hundred in proportion to what is configured; without any, the first in the order of preference has all.</summary>
    public static IReadOnlyDictionary<string, int> Configured(IReadOnlyList<string> providers, IReadOnlyDictionary<string, int> configured)
    {
        var wished = providers.Select(provider => Math.Max(configured.GetValueOrDefault(provider), 0)).ToList();
        if (wished.Sum() == 0)
        {
            wished[0] = 1;
        }
        var shares = Divide(All, wished);
        return providers.Select((provider, i) => (provider, shares[i])).ToDictionary(pair => pair.provider, pair => pair.Item2);
    }

    /// <summary>Each bad one gives what it can, up to ten points; the good ones take it in proportion to their configured shares.</summary>
    public static IReadOnlyList<Standing> Shift(IReadOnlyList<Standing> standings)
    {
        var good = standings.Where(one => !one.IsBad).ToList();
        if (good.Count == 0 || good.Count == standings.Count)
        {
            return standings;
        }
        var given = standings.Where(one => one.IsBad).Sum(one => Math.Min(Step, one.Weight));
        var wished = good.ConvertAll(one => one.Configured);
        var taken = Divide(given, wished.Sum() == 0 ? good.ConvertAll(_ => 1) : wished);
        return [.. standings.Select(one => one with
        {
            Weight = one.IsBad ? one.Weight - Math.Min(Step, one.Weight) : one.Weight + taken[good.IndexOf(one)],
        })];
    }

    /// <summary>Up to ten points go back from those that have too many to those that have too few.</summary>
    public static IReadOnlyList<Standing> Drift(IReadOnlyList<Standing> standings)
    {
        var over = standings.Select(one => Math.Max(one.Weight - one.Configured, 0)).ToList();
        var under = standings.Select(one => Math.Max(one.Configured - one.Weight, 0)).ToList();
        var moved = Math.Min(Step, over.Sum());
        var (given, taken) = (Divide(moved, over), Divide(moved, under));
        return [.. standings.Select((one, i) => one with { Weight = one.Weight - given[i] + taken[i] })];
    }

    /// <summary>Whole points in proportion, whose sum is exactly what there was; the largest remainders have what is left over.</summary>
    private static int[] Divide(int points, List<int> proportions)
    {
        var sum = proportions.Sum();
        if (sum == 0)
        {
            return new int[proportions.Count];
        }
        var shares = proportions.Select(proportion => points * proportion / sum).ToArray();
        var rest = points - shares.Sum();
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => points * proportions[i] % sum).Take(rest))
        {
            shares[i]++;
        }
        return shares;
    }
}
