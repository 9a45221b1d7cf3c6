using Ums.Geocoding.Import;
using Ums.Geocoding.Import.Files;
using Ums.Geocoding.Import.Formats;
using Ums.ServiceDefaults.Files;

namespace Ums.Fuzz;

/// <summary>Where bytes of strangers come in. Nothing may leave them but a refusal: of a row, or of the file as an <see cref="ImportException"/>.</summary>
internal static class Targets
{
    public static readonly IReadOnlyDictionary<string, Action<byte[]>> ByName = new Dictionary<string, Action<byte[]>>
    {
        ["csv"] = bytes => Read("csv", bytes),
        ["kartverket"] = bytes => Read("kartverket", bytes),
        ["openaddresses"] = bytes => Read("openaddresses", bytes),
        ["geometry"] = bytes => GeoPackagePoint.Read(bytes),
    };

    private static void Read(string format, byte[] bytes)
    {
        var check = new CheckAddress("fuzz");
        var last = 0L;
        try
        {
            foreach (var row in AddressFormat.ByName[format].Read(new Part("fuzz", bytes.Length, () => new MemoryStream(bytes)), Place.Beginning, ""))
            {
                var (address, refusal) = row.Address is { } raw ? check.Check(raw) : (null, row.Refusal);
                Require(address is null != refusal is null, "A row is either taken or refused.");
                Require(row.Position > last, "Reading goes on.");
                Require(address is null || Scandinavia.Has(address.Latitude, address.Longitude), "What is taken lies where it may.");
                Require(refusal is not { } refused || RefusedRows.Cell(refused.Value) is not ['=' or '+' or '-' or '@', ..], "The report has no formulas.");
                last = row.Position;
            }
        }
        catch (ImportException)
        {
            // The file as a whole was refused, in words.
        }
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new InvalidOperationException(rule);
        }
    }
}
