using System.Diagnostics;
using Ums.Benchmarks.Geocoding.Engines;

namespace Ums.Benchmarks.Geocoding.Judging;

/// <param name="ProcessorMicroseconds">Of all processes that took part, per query.</param>
internal sealed record Timing(double PerSecond1, double PerSecond2, double P50Microseconds, double P99Microseconds, double ProcessorMicroseconds);

/// <summary>Asks an engine all queries, one after the other and then on two threads.</summary>
internal static class Ask
{
    /// <summary>A fast engine goes through the queries several times, so that its figures are not those of a moment.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(4);

    /// <summary>A slow one need not answer all of them again for the second thread's sake.</summary>
    private static readonly TimeSpan MostOnTwo = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenNews = TimeSpan.FromSeconds(10);

    public static (Answer[] Answers, Timing Timing) All(IEngine engine, IReadOnlyList<Query> queries, Action<string> progress)
    {
        Warm(engine, queries);
        var (failed, news) = (0, BetweenNews);
        var answers = new Answer[queries.Count];
        var microseconds = new List<double>();
        var (processor, clock) = (Processor(engine), Stopwatch.StartNew());
        do
        {
            for (var i = 0; i < queries.Count; i++)
            {
                var since = Stopwatch.GetTimestamp();
                if (!Answers(engine, queries[i], out answers[i], out var fault) && failed++ == 0)
                {
                    progress($"FAILED on \"{queries[i].Street}\": {fault}");
                }

                microseconds.Add(Stopwatch.GetElapsedTime(since).TotalMicroseconds);
                if (clock.Elapsed > news)
                {
                    news = clock.Elapsed + BetweenNews;
                    progress($"{i + 1} of {queries.Count}, {microseconds.Count / clock.Elapsed.TotalSeconds:0.0} a second");
                }
            }
        }
        while (clock.Elapsed < Least);
        if (failed > 0)
        {
            progress($"{failed} of {microseconds.Count} searches failed");
        }

        var perSecond1 = microseconds.Count / clock.Elapsed.TotalSeconds;
        var cost = (Processor(engine) - processor) * 1000 / microseconds.Count;
        microseconds.Sort();
        return (answers, new Timing(perSecond1, OnTwoThreads(engine, queries), At(0.5), At(0.99), cost));

        double At(double share) => microseconds[Math.Max(0, (int)Math.Ceiling(share * microseconds.Count) - 1)];
    }

    private static void Warm(IEngine engine, IReadOnlyList<Query> queries)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < queries.Count && clock.Elapsed < Least / 2; i++)
        {
            Answers(engine, queries[i], out _, out _);
        }
    }

    /// <summary>An engine that breaks down over a query has not answered it; that it did is said, and counts against it.</summary>
    private static bool Answers(IEngine engine, Query query, out Answer answer, out string? fault)
    {
        try
        {
            (answer, fault) = (engine.Search(query), null);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            (answer, fault) = (new Answer(null, []), $"{e.GetType().Name}: {e.Message}");
            return false;
        }
    }

    private static double OnTwoThreads(IEngine engine, IReadOnlyList<Query> queries)
    {
        var (next, asked, clock) = (-1, 0, Stopwatch.StartNew());
        var threads = Enumerable.Range(0, 2).Select(thread => new Thread(() =>
        {
            while (true)
            {
                var i = Interlocked.Increment(ref next);
                var enough = i >= queries.Count ? clock.Elapsed > Least : clock.Elapsed > MostOnTwo;
                if (enough)
                {
                    return;
                }

                Answers(engine, queries[i % queries.Count], out _, out _);
                Interlocked.Increment(ref asked);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return asked / clock.Elapsed.TotalSeconds;
    }

    private static double Processor(IEngine engine) => Environment.CpuUsage.TotalTime.TotalMilliseconds + engine.MillisecondsElsewhere;
}
