using System.Diagnostics;
using Ums.Benchmarks.Geocoding.Country;

namespace Ums.Benchmarks.Geocoding;

/// <summary>Writes the addresses of an invented country to a file.</summary>
internal static class Generate
{
    public static int Run(Arguments arguments)
    {
        var addresses = arguments.Number("addresses", 3_500_000);
        var norwegian = arguments.Number("norwegian", addresses / 35);
        var (seed, file) = (arguments.Number("seed", 1), arguments.Needed("out"));
        arguments.NoMore();
        if (norwegian > addresses)
        {
            throw new ArgumentException("--norwegian is a part of --addresses.");
        }

        var clock = Stopwatch.StartNew();
        var count = AddressFile.Write(file, MakeCountry.Rows(addresses, norwegian, (ulong)seed));
        Console.WriteLine($"{count} addresses in {clock.Elapsed.TotalSeconds:0.0} s");
        return 0;
    }
}
