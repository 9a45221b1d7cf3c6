
namespace Ums.Geocoding.Indexing;

/// <summary>Gives places and municipalities their keys, and each key the street names that occur there.</summary>
internal sealed class AreaTableBuilder(MunicipalityNames names, IEnumerable<string> places, IEnumerable<(string Country, string Code)> municipalities)
{
    public AreaTable Build(NameTable streetNames, StreetTable streets, KeySet postcodes, Lists streetsByPostcode)
    {
        var placeTexts = places.ToList();
        var known = municipalities.Select(one => new Municipality(one.Code, one.Country, names.Of(one.Country, one.Code) ?? one.Code)).ToArray();
        var placePlains = placeTexts.ConvertAll(place => LetterCodes.Of(NameKey.PlainOf(place)));
        var municipalityPlains = Array.ConvertAll(known, municipality => LetterCodes.Of(NameKey.PlainOf(municipality.Name)));
        var sorted = new SortedSet<byte[]>(placePlains.Concat(municipalityPlains), LetterCodes.Order);
        var keys = KeySet.Of([.. sorted]);
        int[] placeKeys = [.. placePlains.Select(plain => keys.Find(plain))];
        int[] municipalityKeys = [.. municipalityPlains.Select(plain => keys.Find(plain))];
        return new AreaTable(
            keys, TextTable.Of(placeTexts), placeKeys, known, municipalityKeys, PlainsByKey(streetNames, streets, keys.Count, placeKeys, municipalityKeys),
            MunicipalitiesByKey(streets, keys.Count, placeKeys, municipalityKeys), postcodes, streetsByPostcode);
    }

    private static Lists MunicipalitiesByKey(StreetTable streets, int keyCount, int[] placeKeys, int[] municipalityKeys)
    {
        var pairs = new HashSet<ulong>();
        for (var street = 0; street < streets.Count; street++)
        {
            var municipality = streets.MunicipalityOf(street);
            pairs.Add(Lists.Pair(placeKeys[streets.PlaceOf(street)], municipality));
            pairs.Add(Lists.Pair(municipalityKeys[municipality], municipality));
        }

        return Lists.Of(keyCount, [.. pairs]);
    }

    private static Lists PlainsByKey(NameTable names, StreetTable streets, int keyCount, int[] placeKeys, int[] municipalityKeys)
    {
        var pairs = new List<ulong>(2 * streets.Count);
        for (var plain = 0; plain < names.Plains.Count; plain++)
        {
            var named = streets.StreetsNamed(names.NamesOf(plain));
            for (var street = named.First; street < named.After; street++)
            {
                AddWithParts(pairs, placeKeys[streets.PlaceOf(street)], plain, names);
                AddWithParts(pairs, municipalityKeys[streets.MunicipalityOf(street)], plain, names);
            }
        }

        return Lists.Of(keyCount, pairs);
    }

    private static void AddWithParts(List<ulong> pairs, int key, int plain, NameTable names)
    {
        pairs.Add(Lists.Pair(key, plain));
        foreach (var part in names.PartsOf(plain))
        {
            pairs.Add(Lists.Pair(key, part));
        }
    }
}
