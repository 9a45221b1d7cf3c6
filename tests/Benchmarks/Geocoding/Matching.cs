using System.Diagnostics;
using Ums.Benchmarks.Geocoding.Country;
using Ums.Benchmarks.Geocoding.Engines;
using Ums.Benchmarks.Geocoding.Judging;
using Ums.Benchmarks.Geocoding.Noise;
using Ums.Geocoding.Search;

namespace Ums.Benchmarks.Geocoding;

/// <summary>Our index beside its peers: the same addresses, the same queries, one after the other in one run.</summary>
internal static class Matching
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (addresses, queryFile, seed) = (arguments.Text("addresses"), arguments.Text("queries"), (ulong)arguments.Number("seed", 1));
        var (peerQueries, engines, misses) = (arguments.Number("peer-queries", 2000), arguments.Text("engines"), arguments.Text("misses"));
        arguments.NoMore();
        var folder = Directory.CreateTempSubdirectory("ums-addresses-");
        try
        {
            addresses ??= Generated(System.IO.Path.Combine(folder.FullName, "addresses.csv"), seed);
            var sets = queryFile is not null
                ? [new QuerySet("main", QueryFile.Read(queryFile))]
                : Made(addresses, seed);
            var report = new Report(AddressFile.Read(addresses).Count());
            var judge = Judge.Of([.. sets.SelectMany(set => set.Queries)], () => AddressFile.Read(addresses));
            foreach (var (make, isPeer) in Engines(engines))
            {
                report.Add(await MeasureAsync(make, isPeer ? [.. sets.Select(set => set.Sample(peerQueries))] : sets, judge, addresses, misses), isPeer);
            }

            report.Print();
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(Func<IEngine> Make, bool IsPeer)> Engines(string? chosen)
    {
        (string Name, Func<IEngine> Make)[] all = [("ours", () => new OwnIndex()), ("lucene", () => new LuceneNet()), ("pg_trgm", () => new Trigrams())];
        var wanted = chosen?.Split(',');
        return all.Where(engine => wanted is null || wanted.Contains(engine.Name)).Select(engine => (engine.Make, engine.Name != "ours"));
    }

    private static async Task<Result> MeasureAsync(Func<IEngine> make, IReadOnlyList<QuerySet> sets, Judge judge, string addresses, string? misses)
    {
        var before = Held();
        await using var engine = make();
        Say($"{engine.Name}: loading");
        var clock = Stopwatch.StartNew();
        await engine.LoadAsync(addresses, what => Say($"{engine.Name}: {what}"));
        var load = clock.Elapsed.TotalSeconds;
        // What an engine before this one still let go of in the meantime is not this one's merit.
        var memory = Math.Max(0, Held() - before) + engine.MegabytesElsewhere;
        var rss = Environment.WorkingSet / 1e6;
        Say($"{engine.Name}: loaded in {load:0.0} s, {memory:0} MB, the process {rss:0} MB");
        var measured = new Dictionary<string, (Score, Timing)>();
        foreach (var set in sets)
        {
            var (answers, timing) = Ask.All(engine, set.Queries, what => Say($"{engine.Name}, {set.Name}: {what}"));
            measured[set.Name] = (Score.Of(judge, set.Queries, answers), timing);
            if (misses is not null)
            {
                await File.AppendAllLinesAsync(misses, Misses(judge, set.Queries, answers).Select(miss => $"{engine.Name},{set.Name},{miss}"));
            }
        }

        return new Result(engine.Name, load, memory, rss, measured);
    }

    /// <returns>MB of managed memory after everything that can go has gone.</returns>
    private static double Held()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    }

    /// <summary>Wrong at the first place, or wrongly promised: category, the query as its file has it, and the first answer.</summary>
    private static IEnumerable<string> Misses(Judge judge, IReadOnlyList<Query> queries, Answer[] answers) => queries.Zip(answers)
        .Where(pair => !judge.IsRight(pair.First, pair.Second, 1) || (pair.Second.Category is Category.A or Category.B && !Judge.IsVeryAddress(pair.First, pair.Second)))
        .Select(pair => $"{pair.Second.Category?.ToString() ?? "-"},{QueryFile.Line(pair.First)},{(pair.Second.Ids is [var first, ..] ? first : "")}");

    private static string Generated(string file, ulong seed)
    {
        Say("generating 3500000 addresses");
        AddressFile.Write(file, MakeCountry.Rows(3_500_000, 100_000, seed));
        return file;
    }

    private static QuerySet[] Made(string addresses, ulong seed)
    {
        Say("making 10000 everyday and 2000 hard queries");
        var made = MakeQueries.About(addresses, seed, (EverydayKinds.All, 10_000), (HardKinds.All, 2_000));
        return [new("main", made[0]), new("brutal", made[1])];
    }

    private static void Say(string what) => Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {what}"));
}

internal sealed record QuerySet(string Name, IReadOnlyList<Query> Queries)
{
    /// <summary>So many, spread evenly.</summary>
    public QuerySet Sample(int count) => count >= Queries.Count ? this
        : this with { Queries = [.. Enumerable.Range(0, count).Select(i => Queries[(int)((long)i * Queries.Count / count)])] };
}

internal sealed record Result(string Engine, double LoadSeconds, double Megabytes, double ProcessMegabytes, IReadOnlyDictionary<string, (Score Score, Timing Timing)> Sets);
