namespace Ums.Notifier.Providers.Pacing;

/// <summary>How many of the last minute's events were bad ones, in a few slices of time that are forgotten one by one.</summary>
internal sealed class RollingShare(TimeProvider clock, TimeSpan window)
{
    private const int Slices = 12;

    private readonly Lock gate = new();
    private readonly (long Slice, int All, int Bad)[] slices = new (long, int, int)[Slices];

    public void Count(bool isBad)
    {
        lock (gate)
        {
            var now = Now();
            ref var slice = ref slices[now % Slices];
            if (slice.Slice != now)
            {
                slice = (now, 0, 0);
            }
            slice.All++;
            slice.Bad += isBad ? 1 : 0;
        }
    }

    /// <summary>Whether at least <paramref name="ratio"/> of at least <paramref name="throughput"/> events were bad.</summary>
    public bool Reaches(double ratio, int throughput)
    {
        var (all, bad) = (0, 0);
        lock (gate)
        {
            var now = Now();
            foreach (var slice in slices.Where(slice => slice.Slice > now - Slices))
            {
                (all, bad) = (all + slice.All, bad + slice.Bad);
            }
        }
        return all >= throughput && bad >= all * ratio && bad > 0;
    }

    private long Now() => clock.GetUtcNow().Ticks / (window.Ticks / Slices);
}
