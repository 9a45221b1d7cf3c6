using Microsoft.Data.Sqlite;
using Ums.Geocoding.Import.Files;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import.Formats;

/// <summary>
/// Lantmäteriet's Belägenhetsadress: a GeoPackage a municipality. Only what is in force (Gällande) is an address; a farm's is called by its village and its
/// own name together, for each numbers its houses from 1.
/// </summary>
internal sealed class LantmaterietPackage : AddressFormat
{
    private static readonly string[] Needed =
        ["adressomrade_faststalltnamn", "adressplatsnummer", "postnummer", "postort", "kommunkod", "statusforbelagenhetsadress"];

    private static readonly string[] Wanted = [.. Needed, "lanskod", "gardsadressomrade_faststalltnamn", "bokstavstillagg", "avvikandeadressplatsbeteckning"];

    private static readonly string[] Ids = ["belagenhetsadress_objektidentitet", "objektidentitet"];

    public override IEnumerable<SourceRow> Read(Part part, Place from, string scratch)
    {
        using var file = PackageFile.Of(part, scratch);
        using var package = GeoPackage.Open(file.Path, part.Name);
        var layer = package.LayerWith(Needed);
        var id = Array.Find(Ids, layer.Columns.Contains) ?? throw new ImportException($"{part.Name} lacks the column {Ids[0]}.");
        string[] columns = [id, layer.Geometry, .. Wanted];
        var last = Math.Max(1, package.LastRow(layer));
        using var rows = package.Read(layer, columns, from.Position);
        while (package.Next(rows))
        {
            var number = rows.GetInt64(0);
            var address = new RawAddress();
            var refusal = Read(rows, layer.System, address);
            yield return new SourceRow(number, number, (long)((double)number / last * part.Length), refusal is null ? address : null, refusal);
        }
    }

    private static Refusal? Read(SqliteDataReader row, int layersSystem, RawAddress address)
    {
        var status = GeoPackage.Text(row, 8);
        if (status is not ("Gällande" or "Gallande"))
        {
            return Refusal.Of("row", "not-in-force", status);
        }
        var (village, farm, deviant) = (GeoPackage.Text(row, 3), GeoPackage.Text(row, 10), GeoPackage.Text(row, 12));
        address.Id = GeoPackage.Text(row, 1);
        address.Street = farm is null ? village : $"{village} {farm}".Trim();
        (address.Number, address.Letter) = HouseNumber.Split(GeoPackage.Text(row, 4) ?? deviant, GeoPackage.Text(row, 11));
        address.Postcode = GeoPackage.Text(row, 5);
        address.Place = PlaceName.Of(GeoPackage.Text(row, 6));
        address.Municipality = MunicipalityOf(GeoPackage.Text(row, 9), GeoPackage.Text(row, 7));
        if (row.GetValue(2) is not byte[] { Length: < 1024 * 1024 } geometry || GeoPackagePoint.Read(geometry) is not var (system, x, y))
        {
            return Refusal.Of("latitude", "geometry");
        }
        return Coordinates.Place(y, x, system > 0 ? system : layersSystem, address);
    }

    // The county's number stands in a column of its own, and some deliveries leave it out of the municipality's.
    private static string? MunicipalityOf(string? county, string? municipality) => (county, municipality) switch
    {
        (_, { Length: 4 }) => municipality,
        ({ Length: 1 or 2 }, { Length: 1 or 2 }) => county.PadLeft(2, '0') + municipality.PadLeft(2, '0'),
        (_, { Length: 3 }) => "0" + municipality,
        _ => municipality,
    };
}
