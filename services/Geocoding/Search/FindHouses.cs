using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>The houses on the likely streets: those with the number, or the nearest ones where nobody has it.</summary>
internal static class FindHouses
{
    private const int StreetsWithoutTheNumber = 6, NeighboursEach = 6, SameNumberEach = 64;

    public static void Run(StreetSearch search, List<ScoredHouse> found)
    {
        found.Clear();
        var letterKey = search.Index.Houses.LetterKeyOf(search.Query.Letter);
        for (var rank = 0; rank < search.Streets.Length; rank++)
        {
            var street = search.Streets[rank];
            var houses = Choose(search.Index, street.Street, search.Query.Number ?? 0, rank);
            for (var house = houses.First; house < houses.After; house++)
            {
                found.Add(Score(search, street, house, letterKey));
            }
        }
    }

    private static Stretch Choose(AddressIndex index, int street, int number, int rank)
    {
        var all = index.Streets.HousesOf(street);
        var numbers = index.Houses.Numbers[all.First..all.After];
        var first = FirstNotBelow(numbers, number);
        var after = FirstNotBelow(numbers, number + 1);
        if (after > first)
        {
            return new Stretch(all.First + first, all.First + Math.Min(after, first + SameNumberEach));
        }

        var neighbours = rank < StreetsWithoutTheNumber ? NeighboursEach : 1;
        var from = Math.Clamp(first - (neighbours / 2), 0, Math.Max(0, numbers.Length - neighbours));
        return new Stretch(all.First + from, all.First + Math.Min(numbers.Length, from + neighbours));
    }

    private static int FirstNotBelow(ReadOnlySpan<ushort> numbers, int number)
    {
        var (low, high) = (0, numbers.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = numbers[middle] < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static ScoredHouse Score(StreetSearch search, in LikelyStreet street, int house, int letterKey)
    {
        var number = HouseFit.Of(search.Query, letterKey, search.Index.Houses, house);
        var postcode = search.PostcodeCost(search.Index.Houses.PostcodeOf(house));
        return new ScoredHouse(house, street.Street, street.Fit, number, postcode, street.PlaceCost, street.Fit.Cost + number.Cost + postcode + street.PlaceCost);
    }
}
