namespace Ums.Geocoding.Import.Formats;

/// <summary>OpenAddresses' CSV: LON, LAT, NUMBER, STREET, UNIT, CITY, DISTRICT, REGION, POSTCODE, ID, HASH.</summary>
internal sealed class OpenAddressesCsv() : CsvFormat(',', "lon", "lat", "number", "street", "postcode")
{
    protected override Refusal? Read(CsvRow row, RawAddress address) =>
        OpenAddresses.Read(row.Text, address) ?? Coordinates.Read(row["lat"], row["lon"], address);
}
