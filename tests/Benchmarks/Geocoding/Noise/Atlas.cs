using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>A name in a place.</summary>
internal sealed record Street(int Index, string Name, string Municipality, string Place, bool Norwegian)
{
    public string Loose { get; } = Fold.Loose(Name);

    public string Strict { get; } = Fold.Strict(Name);

    public string PlaceLoose { get; } = Fold.Loose(Place);
}

/// <param name="Line">Which row of the file.</param>
internal readonly record struct Door(int Line, int Street, int Number, string? Letter, string Postcode);

/// <summary>All addresses, so that a query's maker can see what else a text may mean.</summary>
internal sealed class Atlas
{
    private readonly Door[] doors;
    private readonly int[] firstOf;
    private readonly Dictionary<string, string> municipalityNames = Country.Gazetteer.Read()
        .ToDictionary(municipality => municipality.Country + municipality.Code, municipality => municipality.Name);

    private Atlas(List<Street> streets, Door[] doors, int[] firstOf)
    {
        (Streets, this.doors, this.firstOf) = (streets, doors, firstOf);
        ByName = streets.ToLookup(street => street.Loose);
        Names = new Vocabulary(ByName.Select(group => group.Key));
        ByMunicipality = streets.ToLookup(street => (street.Municipality, street.Norwegian));
        Places = [.. streets.Select(street => (street.Place, street.Norwegian)).Distinct()];
        PostcodesTaken = [.. doors.Select(door => door.Postcode)];
        Postcodes = [.. PostcodesTaken.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<Street> Streets { get; }

    public ILookup<string, Street> ByName { get; }

    public ILookup<(string Municipality, bool Norwegian), Street> ByMunicipality { get; }

    public Vocabulary Names { get; }

    public IReadOnlyList<(string Place, bool Norwegian)> Places { get; }

    public IReadOnlyList<string> Postcodes { get; }

    public HashSet<string> PostcodesTaken { get; }

    /// <summary>Number 0 stands for none.</summary>
    public ReadOnlySpan<Door> On(Street street) => doors.AsSpan(firstOf[street.Index], firstOf[street.Index + 1] - firstOf[street.Index]);

    public Door AnyDoor(Dice dice) => dice.Pick(doors);

    public string? MunicipalityName(Street street) => municipalityNames.GetValueOrDefault((street.Norwegian ? "NO" : "SE") + street.Municipality);

    public static Atlas Read(IEnumerable<Row> rows)
    {
        var (streets, byKey, unordered) = (new List<Street>(), new Dictionary<(string, string, string, bool), Street>(), new List<Door>());
        var shared = new Dictionary<string, string>();
        Street? last = null;
        foreach (var row in rows)
        {
            if (last is null || last.Name != row.Street || last.Place != row.Place || last.Municipality != row.MunicipalityCode || last.Norwegian != row.Norwegian)
            {
                var key = (row.Street, row.Place, row.MunicipalityCode, row.Norwegian);
                if (!byKey.TryGetValue(key, out last))
                {
                    byKey[key] = last = new Street(streets.Count, row.Street, row.MunicipalityCode, Shared(row.Place), row.Norwegian);
                    streets.Add(last);
                }
            }

            unordered.Add(new Door(unordered.Count, last.Index, row.Number ?? 0, row.Letter is null ? null : Shared(row.Letter), Shared(row.Postcode)));
        }

        var firstOf = new int[streets.Count + 1];
        unordered.ForEach(door => firstOf[door.Street + 1]++);
        for (var i = 0; i < streets.Count; i++)
        {
            firstOf[i + 1] += firstOf[i];
        }

        var (doors, next) = (new Door[unordered.Count], firstOf.ToArray());
        unordered.ForEach(door => doors[next[door.Street]++] = door);
        return new Atlas(streets, doors, firstOf);

        string Shared(string text) => shared.TryGetValue(text, out var same) ? same : shared[text] = text;
    }
}
