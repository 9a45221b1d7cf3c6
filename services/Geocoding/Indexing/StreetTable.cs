namespace Ums.Geocoding.Indexing;

/// <summary>
/// Streets, sorted by name: a name in a municipality and a place. Its houses stand together in <see cref="HouseTable"/>, and their
/// positions are kept as steps from the street's south-west corner.
/// </summary>
internal sealed class StreetTable(
    int[] firstStreets, int[] names, int[] plains, ushort[] places, ushort[] municipalities, int[] firstHouses, Lists postcodes, Corner[] corners)
{
    public int Count => names.Length;

    public int NameOf(int street) => names[street];

    /// <summary>The plain key of its name.</summary>
    public int PlainOf(int street) => plains[street];

    public int PlaceOf(int street) => places[street];

    public int MunicipalityOf(int street) => municipalities[street];

    public ReadOnlySpan<int> PostcodesOf(int street) => postcodes[street];

    public Corner CornerOf(int street) => corners[street];

    public Stretch StreetsNamed(Stretch names) => new(firstStreets[names.First], firstStreets[names.After]);

    public Stretch HousesOf(int street) => new(firstHouses[street], firstHouses[street + 1]);

    /// <summary>The street on which a house stands.</summary>
    public int StreetOf(int house)
    {
        var found = Array.BinarySearch(firstHouses, house);
        return found < 0 ? ~found - 1 : found;
    }

    public void Write(SnapshotWriter snapshot)
    {
        snapshot.Write(firstStreets);
        snapshot.Write(names);
        snapshot.Write(plains);
        snapshot.Write(places);
        snapshot.Write(municipalities);
        snapshot.Write(firstHouses);
        postcodes.Write(snapshot);
        snapshot.Write(corners);
    }

    public static StreetTable Read(SnapshotReader snapshot) => new(
        snapshot.Read<int>(), snapshot.Read<int>(), snapshot.Read<int>(), snapshot.Read<ushort>(), snapshot.Read<ushort>(), snapshot.Read<int>(), Lists.Read(snapshot), snapshot.Read<Corner>());
}
