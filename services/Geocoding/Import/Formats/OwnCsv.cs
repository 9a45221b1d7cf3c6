namespace Ums.Geocoding.Import.Formats;

/// <summary>Our own: what <see cref="Addresses.Address"/> has, column by column.</summary>
internal sealed class OwnCsv() : CsvFormat(',', [.. Header.Split(',')])
{
    public const string Header = "address_id,street,number,letter,postcode,place,municipality_code,latitude,longitude,gnr,bnr,fnr,snr";

    protected override Refusal? Read(CsvRow row, RawAddress address)
    {
        address.Id = row.Text("address_id");
        address.Street = row.Text("street");
        address.Number = row.Text("number");
        address.Letter = row.Text("letter");
        address.Postcode = row.Text("postcode");
        address.Place = row.Text("place");
        address.Municipality = row.Text("municipality_code");
        address.Gnr = row.Text("gnr");
        address.Bnr = row.Text("bnr");
        address.Fnr = row.Text("fnr");
        address.Snr = row.Text("snr");
        return Coordinates.Read(row["latitude"], row["longitude"], address);
    }
}
