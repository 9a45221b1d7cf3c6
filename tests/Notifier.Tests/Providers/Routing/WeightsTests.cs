using CsCheck;
using Ums.Notifier.Providers.Routing;

namespace Ums.Notifier.Tests.Providers.Routing;

/// <summary>The rules of the shares, whatever the numbers.</summary>
public class WeightsTests
{
    /// <summary>Any number of providers with any configured shares and any weights that a hundred can be divided into.</summary>
    private static readonly Gen<IReadOnlyList<Standing>> Some =
        from count in Gen.Int[1, 6]
        from configured in Gen.Int[0, 1000].Array[count]
        from weights in Gen.Int[0, 1000].Array[count]
        from bad in Gen.Bool.Array[count]
        let shares = Shares(configured)
        let points = Shares(weights)
        select (IReadOnlyList<Standing>)[.. Enumerable.Range(0, count).Select(i => new Standing($"p{i}", shares[i], points[i], bad[i]))];

    [Fact]
    public void the_points_are_a_hundred_before_and_after() => Some.Sample(standings =>
    {
        foreach (var after in new[] { standings, Weights.Shift(standings), Weights.Drift(standings) })
        {
            Assert.Equal(100, after.Sum(one => one.Weight));
            Assert.All(after, one => Assert.InRange(one.Weight, 0, 100));
        }
    });

    [Fact]
    public void a_bad_one_gives_up_to_ten_points_and_a_good_one_never_loses_any() => Some.Sample(standings =>
    {
        var after = Weights.Shift(standings);

        foreach (var (was, now) in standings.Zip(after).Where(_ => standings.Any(one => !one.IsBad)))
        {
            if (was.IsBad)
            {
                Assert.Equal(Math.Max(was.Weight - 10, 0), now.Weight);
            }
            else
            {
                Assert.True(now.Weight >= was.Weight);
            }
        }
    });

    [Fact]
    public void where_all_are_bad_or_none_is_nothing_shifts() => Some.Sample(standings =>
    {
        foreach (var bad in new[] { true, false })
        {
            var same = standings.Select(one => one with { IsBad = bad }).ToList();
            Assert.Equal(same, Weights.Shift(same));
        }
    });

    [Fact]
    public void drift_comes_home_by_ten_points_at_most_at_a_time_and_never_overshoots() => Some.Sample(standings =>
    {
        var now = standings;
        for (var turn = 0; turn < 10; turn++)
        {
            var next = Weights.Drift(now);
            Assert.True(now.Zip(next).Sum(pair => Math.Abs(pair.First.Weight - pair.Second.Weight)) <= 20);
            Assert.All(now.Zip(next), pair => Assert.True(Math.Abs(pair.Second.Weight - pair.Second.Configured) <= Math.Abs(pair.First.Weight - pair.First.Configured)));
            now = next;
        }
        Assert.Equal(standings.Select(one => one.Configured), now.Select(one => one.Weight));
        Assert.Equal(now, Weights.Drift(now));
    });

    [Theory]
    [InlineData("a b", "", "100 0")]
    [InlineData("a b", "b:1", "0 100")]
    [InlineData("a b", "a:1 b:1", "50 50")]
    [InlineData("a b c", "a:1 b:1 c:1", "34 33 33")]
    [InlineData("a b", "a:60 b:40 c:50", "60 40")]
    [InlineData("a b", "a:-5", "100 0")]
    [InlineData("a", "", "100")]
    public void configured_shares_are_of_a_hundred(string providers, string configured, string shares)
    {
        var wished = configured.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')).ToDictionary(one => one[0], one => int.Parse(one[1], System.Globalization.CultureInfo.InvariantCulture));

        var found = Weights.Configured(providers.Split(' '), wished);

        Assert.Equal(shares, string.Join(' ', providers.Split(' ').Select(provider => found[provider])));
    }

    [Fact]
    public void ten_minutes_of_trouble_empty_a_share_and_quiet_fills_it_again()
    {
        IReadOnlyList<Standing> standings = [new("a", 60, 60, true), new("b", 40, 40, false)];
        var steps = new List<int>();
        for (var minute = 0; minute < 7; minute++)
        {
            standings = Weights.Shift(standings);
            steps.Add(standings[0].Weight);
        }
        standings = [.. standings.Select(one => one with { IsBad = false })];
        for (var turn = 0; turn < 7; turn++)
        {
            standings = Weights.Drift(standings);
            steps.Add(standings[0].Weight);
        }

        Assert.Equal([50, 40, 30, 20, 10, 0, 0, 10, 20, 30, 40, 50, 60, 60], steps);
    }

    private static int[] Shares(int[] wished)
    {
        var names = Enumerable.Range(0, wished.Length).Select(i => $"p{i}").ToList();
        var shares = Weights.Configured(names, names.Zip(wished).ToDictionary(pair => pair.First, pair => pair.Second));
        return [.. names.Select(name => shares[name])];
    }
}
