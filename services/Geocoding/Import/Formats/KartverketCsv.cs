using System.Globalization;

namespace Ums.Geocoding.Import.Formats;

/// <summary>
/// Kartverket's Matrikkelen adresse, Norway's register. Its festenummer is the FNR; seksjonsnummer, the SNR, is not in it. An address without a street is called
/// by its farm's name or by the property itself, as 12/3.
/// </summary>
internal sealed class KartverketCsv() : CsvFormat(
    ';', "lokalid", "kommunenummer", "adressenavn", "nummer", "bokstav", "gardsnummer", "bruksnummer", "festenummer", "epsgkode", "nord", "øst", "postnummer", "poststed")
{
    protected override Refusal? Read(CsvRow row, RawAddress address)
    {
        address.Id = row.Text("lokalid");
        address.Street = row.Text("adressenavn") ?? row.Text("adressetilleggsnavn") ?? row.Text("adressetekst");
        address.Number = row.Text("nummer");
        address.Letter = row.Text("bokstav");
        address.Postcode = row.Text("postnummer");
        address.Place = PlaceName.Of(row.Text("poststed"));
        address.Municipality = row.Text("kommunenummer");
        address.Gnr = row.Text("gardsnummer");
        address.Bnr = row.Text("bruksnummer");
        address.Fnr = row.Text("festenummer");
        return int.TryParse(row["epsgkode"], NumberStyles.None, CultureInfo.InvariantCulture, out var system)
            ? Coordinates.Read(row["nord"], row["øst"], system, address)
            : Refusal.Of("latitude", "unknown-system", row["epsgkode"]);
    }
}
