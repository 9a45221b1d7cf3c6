using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ums.Benchmarks;

/// <param name="PerSecond">Answers as wished a second.</param>
/// <param name="Errors">Other answers, and none.</param>
internal sealed record Measured(double PerSecond, double P50, double P99, double Worst, int Count, int Errors)
{
    /// <param name="milliseconds">Of those that succeeded.</param>
    public static Measured Of(IEnumerable<double> milliseconds, TimeSpan length, int errors)
    {
        var sorted = milliseconds.Order().ToArray();
        return new Measured(sorted.Length / length.TotalSeconds, At(0.5), At(0.99), At(1), sorted.Length, errors);

        double At(double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}

/// <summary>Two ways to press: as fast as answers come, and at a fixed rate whatever comes.</summary>
internal static class Load
{
    /// <summary>A closed loop: each connection asks again as soon as it was answered. Shows what the system can do.</summary>
    public static async Task<Measured> ClosedAsync(int connections, TimeSpan length, Func<Task<bool>> request)
    {
        var times = new ConcurrentBag<double>();
        var errors = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var since = Stopwatch.GetTimestamp();
                if (await SucceedsAsync(request))
                {
                    times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
                }
                else
                {
                    Interlocked.Increment(ref errors);
                }
            }
        })));
        return Measured.Of(times, Stopwatch.GetElapsedTime(started), errors);
    }

    /// <summary>
    /// An open loop: requests leave on the beat, and each is timed from the beat, so that a system that stalls is seen to have kept everyone waiting. Shows what
    /// people feel.
    /// </summary>
    /// <param name="until">Ends it before its length.</param>
    public static async Task<Measured> OpenAsync(int perSecond, TimeSpan length, Func<Task<bool>> request, CancellationToken until = default)
    {
        var times = new ConcurrentBag<double>();
        var errors = 0;
        var under = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        for (var beat = 0; beat < perSecond * length.TotalSeconds && !until.IsCancellationRequested; beat++)
        {
            var due = TimeSpan.FromSeconds((double)beat / perSecond);
            var wait = due - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, CancellationToken.None);
            }
            under.Add(Task.Run(async () =>
            {
                if (await SucceedsAsync(request))
                {
                    times.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
                }
                else
                {
                    Interlocked.Increment(ref errors);
                }
            }, CancellationToken.None));
        }
        await Task.WhenAll(under);
        return Measured.Of(times, Stopwatch.GetElapsedTime(started), errors);
    }

    private static async Task<bool> SucceedsAsync(Func<Task<bool>> request)
    {
        try
        {
            return await request();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
