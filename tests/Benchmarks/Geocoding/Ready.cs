using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Spectre.Console;
using Ums.Geocoding.Indexing;
using Ums.Testing;

namespace Ums.Benchmarks.Geocoding;

/// <summary>How long a country takes until it can be searched: imported from its file, read from the table, taken from the snapshot; and what a second copy costs.</summary>
internal static class Ready
{
    private const string Database = "ready";

    private sealed record Figures(
        int Addresses, double ImportSeconds, double TableSeconds, double SnapshotSeconds, double SnapshotMegabytes, double OneMegabytes, double TwoMegabytes, double BuildingPeakMegabytes);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var given = arguments.Text("addresses");
        var seed = arguments.Number("seed", 1);
        arguments.NoMore();
        var folder = Directory.CreateTempSubdirectory("ums-ready-").FullName;
        try
        {
            var file = given ?? Path.Combine(folder, "addresses.csv");
            if (given is null)
            {
                AddressFile.Write(file, Country.MakeCountry.Rows(3_500_000, 100_000, (ulong)seed));
            }

            var figures = await MeasureAsync(file, Path.Combine(folder, "addresses.index"));
            Show(figures);
            Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Figures> MeasureAsync(string file, string snapshot)
    {
        await using var postgres = new PrivatePostgres();
        await postgres.StartAsync();
        await using (var server = NpgsqlDataSource.Create(postgres.ConnectionString()))
        {
            await server.CreateCommand($"create database {Database}").ExecuteNonQueryAsync();
        }

        Console.WriteLine("importing");
        var import = await ImportAsync(postgres.ConnectionString(Database), file);
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString(Database));
        Console.WriteLine("reading the table");
        var (table, stamp) = await BuildAsync(database, snapshot);
        var peak = Status("VmHWM");
        Collect();
        var none = Status("VmRSS");
        var clock = Stopwatch.StartNew();
        var one = Snapshot.Load(snapshot, stamp);
        var loaded = clock.Elapsed.TotalSeconds;
        var single = Status("VmRSS") - none;
        var two = Snapshot.Load(snapshot, stamp);
        var figures = new Figures(
            one.Houses.Count, import.TotalSeconds, table.TotalSeconds, loaded, new FileInfo(snapshot).Length / 1e6, single, Status("VmRSS") - none, peak);
        GC.KeepAlive(one);
        GC.KeepAlive(two);
        return figures;
    }

    private static async Task<TimeSpan> ImportAsync(string connection, string file)
    {
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet", [typeof(AddressIndex).Assembly.Location, "import", "--format", "csv", "--source", "benchmark", file])
        {
            Environment = { ["ConnectionStrings__geocodingdb"] = connection },
        };
        using var import = Process.Start(start)!;
        await import.WaitForExitAsync();
        return import.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"The import ended with {import.ExitCode}.");
    }

    private static async Task<(TimeSpan Took, string Stamp)> BuildAsync(NpgsqlDataSource database, string snapshot)
    {
        var clock = Stopwatch.StartNew();
        var (index, stamp) = await new ReadAddressTable(database).ReadAsync(CancellationToken.None);
        var took = clock.Elapsed;
        Snapshot.Save(index, stamp, snapshot);
        return (took, stamp);
    }

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static double Status(string what) => double.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(what, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;

    private static void Show(Figures figures)
    {
        var table = new Table().AddColumns($"{figures.Addresses:N0} addresses", "");
        table.AddRow("imported from CSV into PostgreSQL, s", $"{figures.ImportSeconds:0.0}");
        table.AddRow("index made of the table, s", $"{figures.TableSeconds:0.0}");
        table.AddRow("index taken from the snapshot, s", $"{figures.SnapshotSeconds:0.00}");
        table.AddRow("snapshot, MB", $"{figures.SnapshotMegabytes:0}");
        table.AddRow("resident for one index, MB", $"{figures.OneMegabytes:0}");
        table.AddRow("resident for two while swapping, MB", $"{figures.TwoMegabytes:0}");
        table.AddRow("most that the process held while making it of the table, MB", $"{figures.BuildingPeakMegabytes:0}");
        AnsiConsole.Write(table);
    }
}
