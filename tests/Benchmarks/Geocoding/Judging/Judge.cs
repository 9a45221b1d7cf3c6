using System.Text.RegularExpressions;
using Ums.Benchmarks.Geocoding.Engines;
using Ums.Geocoding.Search;

namespace Ums.Benchmarks.Geocoding.Judging;

/// <summary>
/// When an answer is right. By the address itself where the query tells houses apart: the expected id at the place asked about. By the street where it cannot:
/// no number was typed, a number that the expected address has not got, or its number without its letter; then any address counts whose street, place
/// and municipality (and number, where it was typed and is the expected one's) are those of the expected. Where nobody's address is meant, any answer is right
/// that does not claim to be one: category C, or nothing at all from an engine that gives no categories.
/// </summary>
internal sealed partial class Judge
{
    private readonly Dictionary<Query, HashSet<string>> accepted;

    private Judge(Dictionary<Query, HashSet<string>> accepted) => this.accepted = accepted;

    /// <param name="addresses">Is asked for twice: first for the expected rows, then for their neighbours.</param>
    public static Judge Of(IReadOnlyCollection<Query> queries, Func<IEnumerable<Row>> addresses)
    {
        var wanted = queries.Select(query => query.Expected).Where(id => id.Length > 0).ToHashSet();
        var expected = addresses().Where(row => wanted.Contains(row.Id)).ToDictionary(row => row.Id);
        var accepted = new Dictionary<Query, HashSet<string>>(ReferenceEqualityComparer.Instance);
        var byHouse = new Dictionary<House, HashSet<string>>();
        foreach (var query in queries)
        {
            accepted[query] = query.Expected.Length == 0 ? [] : Accepted(query, byHouse, expected.GetValueOrDefault(query.Expected)
                ?? throw new FormatException($"{query.Expected} is expected and is not among the addresses."));
        }

        foreach (var row in addresses())
        {
            Add(House.Of(row, row.Number), row);
            Add(House.Of(row, null), row);
        }

        return new Judge(accepted);

        void Add(House house, Row row)
        {
            if (byHouse.TryGetValue(house, out var ids))
            {
                ids.Add(row.Id);
            }
        }
    }

    /// <param name="within">Among the first so many.</param>
    public bool IsRight(Query query, Answer answer, int within) => query.Expected.Length == 0
        ? answer.Category is Category.C || (answer.Category is null && answer.Ids.Count == 0)
        : answer.Ids.Take(within).Any(accepted[query].Contains);

    /// <summary>Categories A and B promise the very address, whatever the query tells apart.</summary>
    public static bool IsVeryAddress(Query query, Answer answer) => query.Expected.Length > 0 && answer.Ids is [var first, ..] && first == query.Expected;

    private static HashSet<string> Accepted(Query query, Dictionary<House, HashSet<string>> byHouse, Row row)
    {
        var typed = TypedHouses(query).Where(house => house.Number == row.Number).ToList();
        var tells = typed.Any(house => row.Letter is null || string.Equals(house.Letter, row.Letter, StringComparison.OrdinalIgnoreCase));
        if (tells)
        {
            return [row.Id];
        }

        var house = House.Of(row, typed.Count > 0 ? row.Number : null);
        return byHouse.TryGetValue(house, out var shared) ? shared : byHouse[house] = [];
    }

    private static IEnumerable<(int? Number, string? Letter)> TypedHouses(Query query) => HouseNumber()
        .Matches(query.Number.Any(char.IsAsciiDigit) ? query.Number : Postcode().Replace(query.Street, ", "))
        .Select(found => ((int?)int.Parse(found.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture), found.Groups["letter"] is { Length: > 0 } letter ? letter.Value : null));

    [GeneratedRegex(@"(?<!\d)0*(?<number>\d{1,5})(?!\d)\s*[-:]?\s*(?<letter>\p{L})?(?!\p{L})")]
    private static partial Regex HouseNumber();

    [GeneratedRegex(@"(?<!\d)\d{3}\s?\d{2}(?!\d)")]
    private static partial Regex Postcode();

    /// <param name="Number">Null for the whole street.</param>
    private readonly record struct House(string Street, string Place, string Municipality, bool Norwegian, int? Number)
    {
        public static House Of(Row row, int? number) => new(row.Street, row.Place, row.MunicipalityCode, row.Norwegian, number);
    }
}
