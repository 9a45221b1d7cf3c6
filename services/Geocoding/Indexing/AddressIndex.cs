
namespace Ums.Geocoding.Indexing;

/// <summary>
/// All addresses of a country or two in memory, made once and never changed: any number of readers use it at the same time, and a new one
/// takes its place between two searches.
/// </summary>
internal sealed class AddressIndex(NameTable names, StreetTable streets, HouseTable houses, AreaTable areas, NearbyStreets nearby)
{
    public static AddressIndex Empty { get; } = new AddressIndexBuilder(MunicipalityNames.None).Build();

    public NameTable Names => names;

    public StreetTable Streets => streets;

    public HouseTable Houses => houses;

    public AreaTable Areas => areas;

    public NearbyStreets Nearby => nearby;

    public IndexedAddress AddressOf(int house)
    {
        var street = streets.StreetOf(house);
        var (latitude, longitude) = houses.PositionOf(house, streets.CornerOf(street));
        var details = houses.DetailsOf(house);
        return new IndexedAddress(
            details.Id, names[streets.NameOf(street)], houses.NumberOf(house) is > 0 and var number ? number : null, houses.LetterOf(house),
            areas.PostcodeOf(houses.PostcodeOf(house)), areas.PlaceOf(streets.PlaceOf(street)), areas.MunicipalityOf(streets.MunicipalityOf(street)).Code,
            Math.Round(latitude, 7), Math.Round(longitude, 7), details.Gnr, details.Bnr, details.Fnr, details.Snr);
    }

    public void Write(SnapshotWriter snapshot)
    {
        names.Write(snapshot);
        streets.Write(snapshot);
        houses.Write(snapshot);
        areas.Write(snapshot);
        nearby.Write(snapshot);
    }

    public static AddressIndex Read(SnapshotReader snapshot) => new(
        NameTable.Read(snapshot), StreetTable.Read(snapshot), HouseTable.Read(snapshot), AreaTable.Read(snapshot), NearbyStreets.Read(snapshot));
}

/// <summary>An address as the index has it. Its position may be some centimetres off; see <see cref="Corner"/>.</summary>
internal sealed record IndexedAddress(
    string Id, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode,
    double Latitude, double Longitude, int? Gnr, int? Bnr, int? Fnr, int? Snr);
