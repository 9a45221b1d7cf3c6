namespace Ums.Benchmarks.Geocoding.Engines;

/// <summary>A house number of a street, with the address it leads to.</summary>
internal readonly record struct PeerHouse(int Number, string? Letter, string AddressId);

/// <summary>A street in one postcode, keys ready to compare, as the peers keep it: they look for streets first and for the house then.</summary>
/// <param name="Municipality">Its name, which people type for the place.</param>
internal sealed record PeerStreet(string Name, string Postcode, string Place, string Municipality)
{
    public List<PeerHouse> Houses { get; } = [];

    public static List<PeerStreet> Read(string addresses)
    {
        var municipalities = Country.Gazetteer.Read().ToDictionary(one => (one.Code, one.Norwegian), one => PeerReading.Key(one.Name));
        var streets = new Dictionary<(string, string, string, string), PeerStreet>();
        foreach (var row in AddressFile.Read(addresses))
        {
            var key = (row.Street, row.Postcode, row.Place, row.MunicipalityCode);
            if (!streets.TryGetValue(key, out var street))
            {
                streets[key] = street = new PeerStreet(
                    PeerReading.Key(row.Street), row.Postcode, PeerReading.Key(row.Place), municipalities.GetValueOrDefault((row.MunicipalityCode, row.Norwegian), ""));
            }

            street.Houses.Add(new(row.Number ?? 0, row.Letter, row.Id));
        }

        return [.. streets.Values];
    }
}
