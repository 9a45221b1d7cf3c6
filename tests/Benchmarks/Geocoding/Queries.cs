using System.Diagnostics;
using Ums.Benchmarks.Geocoding.Noise;

namespace Ums.Benchmarks.Geocoding;

/// <summary>Writes queries about the addresses of a file to another.</summary>
internal static class Queries
{
    public static int Run(Arguments arguments)
    {
        var (addresses, everyday, hard) = (arguments.Needed("addresses"), arguments.Number("everyday", 10_000), arguments.Number("hard", 2_000));
        var (seed, file) = (arguments.Number("seed", 1), arguments.Needed("out"));
        arguments.NoMore();
        var clock = Stopwatch.StartNew();
        var made = MakeQueries.About(addresses, (ulong)seed, (EverydayKinds.All, everyday), (HardKinds.All, hard)).SelectMany(set => set).ToList();
        QueryFile.Write(file, made);
        Console.WriteLine($"{made.Count} queries in {clock.Elapsed.TotalSeconds:0.0} s");
        return 0;
    }
}
