using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Ums.Benchmarks.Geocoding;
using Ums.Benchmarks.Geocoding.Country;
using Ums.Testing;

namespace Ums.Benchmarks.Map;

/// <summary>How long a map tile takes over HTTP at each zoom, drawn for the asker and out of memory, and how large it is.</summary>
internal static class TileLatency
{
    private const int Requests = 300, Warming = 8;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (addresses, seed, port) = (arguments.Text("addresses"), arguments.Number("seed", 1), arguments.Number("port", 0));
        arguments.NoMore();
        var folder = Directory.CreateTempSubdirectory("ums-map-");
        try
        {
            addresses ??= Generated(Path.Combine(folder.FullName, "addresses.csv"), seed);
            await using var server = new PrivatePostgres();
            await server.StartAsync();
            await MeasureAsync(server.ConnectionString("geocodingdb"), addresses, seed, port);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string database, string addresses, int seed, int port)
    {
        var loadBefore = double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {loadBefore} before the start. Loading …"));
        await using var tables = await CountryInTables.LoadAsync(database, addresses);
        var building = Stopwatch.StartNew();
        await using (var fresh = await MapServer.StartAsync(tables, cacheMegabytes: 0, port: 0))
        {
            await fresh.BuildAsync();
        }

        var build = building.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The map of {tables.Addresses} addresses and {tables.Streets} streets was made in {build:0.0} s."));
        var sample = TileSample.Of(addresses, seed);
        var results = new List<Result>();
        await using (var drawing = await MapServer.StartAsync(tables, cacheMegabytes: 0, port: 0))
        {
            foreach (var (zoom, tiles) in sample)
            {
                results.Add(await AskAsync(drawing.Client, zoom, tiles, new Result(zoom, tiles.Count)));
            }
        }

        await using var keeping = await MapServer.StartAsync(tables, cacheMegabytes: 256, port);
        foreach (var result in results)
        {
            await Parallel.ForEachAsync(sample[result.Zoom], async (tile, stop) => await keeping.Client.GetByteArrayAsync(tile, stop));
            var kept = await AskAsync(keeping.Client, result.Zoom, sample[result.Zoom], new Result(result.Zoom, result.Tiles));
            (result.KeptP50, result.KeptP99) = (kept.P50, kept.P99);
        }

        Print(results);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "tiles",
            cores = Environment.ProcessorCount,
            load_before = loadBefore,
            addresses = tables.Addresses,
            streets = tables.Streets,
            build_s = Math.Round(build, 1),
            zooms = results.Select(one => new { zoom = one.Zoom, p50_ms = one.P50, p99_ms = one.P99, kept_p50_ms = one.KeptP50, kept_p99_ms = one.KeptP99, p50_bytes = one.Bytes, max_bytes = one.MostBytes }),
        }));
        if (port > 0)
        {
            Console.WriteLine($"The map is at http://localhost:{port}/api/map/ until Ctrl+C.");
            await keeping.StoppedAsync();
        }
    }

    private static string Generated(string file, int seed)
    {
        Console.WriteLine("Generating 3500000 addresses …");
        AddressFile.Write(file, MakeCountry.Rows(3_500_000, 100_000, (ulong)seed));
        return file;
    }

    // One after the other: what is measured is a tile, not a queue.
    private static async Task<Result> AskAsync(HttpClient http, int zoom, IReadOnlyList<string> tiles, Result result)
    {
        for (var i = 0; i < Warming; i++)
        {
            await http.GetByteArrayAsync(tiles[^((i % tiles.Count) + 1)]);
        }

        var (times, sizes) = (new List<double>(), new List<int>());
        for (var i = 0; i < Math.Max(Requests, tiles.Count); i++)
        {
            var started = Stopwatch.GetTimestamp();
            var tile = await http.GetByteArrayAsync(tiles[i % tiles.Count]);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            sizes.Add(tile.Length);
        }

        times.Sort();
        sizes.Sort();
        (result.P50, result.P99, result.Bytes, result.MostBytes) = (At(times, 0.5), At(times, 0.99), sizes[sizes.Count / 2], sizes[^1]);
        return result;
    }

    private static double At(List<double> sorted, double share) => Math.Round(sorted[(int)(share * (sorted.Count - 1))], 2);

    private static void Print(List<Result> results)
    {
        var table = new Table().MarkdownBorder().AddColumns("zoom", "tiles", "drawn: p50 ms", "p99 ms", "from memory: p50 ms", "p99 ms", "p50 kB", "largest kB");
        foreach (var one in results)
        {
            table.AddRow([.. new object[] { one.Zoom, one.Tiles, one.P50, one.P99, one.KeptP50, one.KeptP99, one.Bytes / 1000.0, one.MostBytes / 1000.0 }
                .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}"))]);
        }

        AnsiConsole.Profile.Width = 160;
        AnsiConsole.Write(table);
    }

    private sealed record Result(int Zoom, int Tiles)
    {
        public double P50 { get; set; }

        public double P99 { get; set; }

        public double KeptP50 { get; set; }

        public double KeptP99 { get; set; }

        public int Bytes { get; set; }

        public int MostBytes { get; set; }
    }
}
