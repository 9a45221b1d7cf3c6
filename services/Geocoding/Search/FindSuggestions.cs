using System.Numerics;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>Streets that begin as typed, then streets that nearly do; with a number, the addresses that begin with it.</summary>
internal static class FindSuggestions
{
    private const int ShortestWithTypo = 4, HousesEach = 6;

    public static SuggestAddresses.Suggestion[] Find(AddressIndex index, string typed, IReadOnlySet<string> municipalities, int limit)
    {
        var query = ReadAddress.Read(new AddressFields { Street = typed }, new NamesOfIndex(index));
        foreach (var reading in Readings(index, query))
        {
            if (Find(index, reading, municipalities, limit) is { Length: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>As it stands; and with the last word as the beginning of a place.</summary>
    private static IEnumerable<AddressQuery> Readings(AddressIndex index, AddressQuery query)
    {
        yield return query;
        var space = query.Street.LastIndexOf(' ');
        if (space > 0 && query.Place is null && NameKey.PlainOf(query.Street[space..]) is { Length: > 1 } begun
            && index.Areas.Keys.BeginningWith(LetterCodes.Of(begun)).Length > 0)
        {
            yield return new AddressQuery(query.Street[..space], query.Number, query.Letter, query.Postcode, begun);
        }
    }

    private static SuggestAddresses.Suggestion[] Find(AddressIndex index, AddressQuery query, IReadOnlySet<string> municipalities, int limit)
    {
        var patterns = query.Names.Where(name => name.Plain.Length > 0).Select(name => PatternOf(name.Plain)).ToList();
        var streets = new BestStreets(index, query, municipalities, patterns);
        foreach (var pattern in patterns)
        {
            var plains = index.Names.Plains.BeginningWith(pattern.Codes);
            for (var plain = plains.First; plain < plains.After; plain++)
            {
                streets.Add(plain, exactly: true);
            }
        }

        if (streets.Count < limit)
        {
            AddThoseThatNearlyBeginSo(index, patterns, streets);
        }

        var found = streets.BestFirst().SelectMany(street => HousesOf(index, street, query)).ToList();
        return [.. found.OrderByDescending(house => house.Preferred).ThenByDescending(house => house.Exactly)
            .ThenByDescending(house => house.NumberIsTyped).ThenByDescending(house => house.LetterIsTyped)
            .Select(house => Show(index, house.House, query.Number is null)).DistinctBy(suggestion => suggestion.Text).Take(limit)];
    }

    private static LetterPattern PatternOf(string plain)
    {
        var pattern = new LetterPattern();
        pattern.Set(LetterCodes.Of(plain));
        return pattern;
    }

    // The end is not typed yet, so only the beginning is compared. The first letter is seldom wrong, and it saves looking at all names.
    private static void AddThoseThatNearlyBeginSo(AddressIndex index, List<LetterPattern> patterns, BestStreets streets)
    {
        foreach (var pattern in patterns.Where(pattern => pattern.Length >= ShortestWithTypo))
        {
            var allowed = pattern.Length < 8 ? 1 : 2;
            for (var plain = 0; plain < index.Names.Plains.Count; plain++)
            {
                var missing = BitOperations.PopCount(pattern.Mask & ~index.Names.Masks[plain]);
                if (missing <= allowed && pattern.DistanceToBeginningOf(index.Names.Plains[plain]) <= allowed)
                {
                    streets.Add(plain, exactly: false);
                }
            }
        }
    }

    private readonly record struct Candidate(int House, bool Preferred, bool Exactly, bool NumberIsTyped, bool LetterIsTyped);

    private static IEnumerable<Candidate> HousesOf(AddressIndex index, BestStreets.Kept street, AddressQuery query)
    {
        var houses = index.Streets.HousesOf(street.Street);
        if (query.Number is not { } number)
        {
            return [new Candidate(houses.First, street.Preferred, street.Exactly, true, true)];
        }

        var letterKey = index.Houses.LetterKeyOf(query.Letter);
        return Enumerable.Range(houses.First, houses.Length)
            .Where(house => BeginsWith(index.Houses.NumberOf(house), number))
            .Select(house => new Candidate(
                house, street.Preferred, street.Exactly, index.Houses.NumberOf(house) == number, letterKey == 0 || index.Houses.LetterKeyOf(house) == letterKey))
            .OrderByDescending(house => house.NumberIsTyped).ThenByDescending(house => house.LetterIsTyped).Take(HousesEach);
    }

    private static bool BeginsWith(int number, int typed)
    {
        for (; number > typed; number /= 10)
        {
        }

        return number == typed && number > 0;
    }

    private static SuggestAddresses.Suggestion Show(AddressIndex index, int house, bool streetOnly)
    {
        var address = index.AddressOf(house);
        // A farm is an address by its name alone.
        if (streetOnly && address.Number is not null)
        {
            return new($"{address.Street}, {address.Place}", null, address.Street, null, null, null, address.Place, address.MunicipalityCode);
        }

        var text = $"{address.Street} {address.Number}{address.Letter}".TrimEnd() + $", {Spaced(address.Postcode)} {address.Place}";
        return new(text, address.Id, address.Street, address.Number, address.Letter, address.Postcode, address.Place, address.MunicipalityCode);
    }

    /// <summary>113 56 in Sweden, 0155 in Norway.</summary>
    private static string Spaced(string postcode) => postcode.Length == 5 ? $"{postcode[..3]} {postcode[3..]}" : postcode;
}
