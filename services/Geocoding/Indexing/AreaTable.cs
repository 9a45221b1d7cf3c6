namespace Ums.Geocoding.Indexing;

/// <summary>A municipality; two countries may use the same code.</summary>
internal sealed record Municipality(string Code, string Country, string Name);

/// <summary>Postal places, municipalities and postcodes. Places and municipalities share their keys: people type the one for the other.</summary>
internal sealed class AreaTable(
    KeySet keys, TextTable places, int[] placeKeys, Municipality[] municipalities, int[] municipalityKeys, Lists plainsByKey, Lists municipalitiesByKey,
    KeySet postcodes, Lists streetsByPostcode)
{
    private readonly ulong[] keyMasks = [.. Enumerable.Range(0, keys.Count).Select(key => LetterCodes.MaskOf(keys[key]))];

    /// <summary>Plain keys of all places and municipalities.</summary>
    public KeySet Keys => keys;

    /// <summary>Which letters occur in each; see <see cref="LetterCodes.MaskOf"/>.</summary>
    public ReadOnlySpan<ulong> KeyMasks => keyMasks;

    /// <summary>The plain keys of the street names that occur in a place or municipality.</summary>
    public Lists PlainsByKey => plainsByKey;

    /// <summary>The municipality of that name, and those in which a place of that name has streets.</summary>
    public Lists MunicipalitiesByKey => municipalitiesByKey;

    /// <summary>The postcodes' digits.</summary>
    public KeySet Postcodes => postcodes;

    public Lists StreetsByPostcode => streetsByPostcode;

    public string PlaceOf(int place) => places[place];

    public int KeyOfPlace(int place) => placeKeys[place];

    public Municipality MunicipalityOf(int municipality) => municipalities[municipality];

    public int MunicipalityCount => municipalities.Length;

    public int KeyOfMunicipality(int municipality) => municipalityKeys[municipality];

    public string PostcodeOf(int postcode) => string.Create(postcodes[postcode].Length, (postcodes, postcode), static (text, from) =>
    {
        var digits = from.postcodes[from.postcode];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = LetterCodes.LetterOf(digits[i]);
        }
    });

    public void Write(SnapshotWriter snapshot)
    {
        keys.Write(snapshot);
        places.Write(snapshot);
        snapshot.Write(placeKeys);
        TextTable.Of(municipalities.SelectMany(municipality => new[] { municipality.Code, municipality.Country, municipality.Name })).Write(snapshot);
        snapshot.Write(municipalityKeys);
        plainsByKey.Write(snapshot);
        municipalitiesByKey.Write(snapshot);
        postcodes.Write(snapshot);
        streetsByPostcode.Write(snapshot);
    }

    public static AreaTable Read(SnapshotReader snapshot)
    {
        var keys = KeySet.Read(snapshot);
        var places = TextTable.Read(snapshot);
        var placeKeys = snapshot.Read<int>();
        var texts = TextTable.Read(snapshot);
        var municipalities = Enumerable.Range(0, texts.Count / 3).Select(i => new Municipality(texts[3 * i], texts[(3 * i) + 1], texts[(3 * i) + 2])).ToArray();
        return new AreaTable(
            keys, places, placeKeys, municipalities, snapshot.Read<int>(), Lists.Read(snapshot), Lists.Read(snapshot), KeySet.Read(snapshot), Lists.Read(snapshot));
    }
}
