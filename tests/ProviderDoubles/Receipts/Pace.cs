using System.Diagnostics;

namespace Ums.ProviderDoubles.Receipts;

/// <summary>So many a second, evenly.</summary>
internal sealed class Pace(int perSecond)
{
    private readonly Lock gate = new();
    private readonly double ticks = (double)Stopwatch.Frequency / perSecond;
    private double next = Stopwatch.GetTimestamp();

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        double wait;
        lock (gate)
        {
            var now = (double)Stopwatch.GetTimestamp();
            // A short rest may be made good, or the coarseness of timers would cost half the rate.
            next = Math.Max(next + ticks, now - Stopwatch.Frequency / 20.0);
            wait = (next - now) * 1000 / Stopwatch.Frequency;
        }
        return wait < 1 ? Task.CompletedTask : Task.Delay((int)wait, cancellationToken);
    }
}
