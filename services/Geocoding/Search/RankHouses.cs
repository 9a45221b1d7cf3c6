namespace Ums.Geocoding.Search;

/// <summary>From everything that was looked at to the few that are shown.</summary>
internal static class RankHouses
{
    private const int NeighboursShown = 5;

    /// <param name="houses">Sorted here, and cut to what is shown.</param>
    public static Category Run(StreetSearch search, List<ScoredHouse> houses, int limit)
    {
        houses.Sort(InOrder);
        var best = houses is [var first, ..] ? first.House : -1;
        var category = Categorise.Of(search, houses);
        KeepWhatIsShown(search.Query, houses, category);
        if (search.Preferred is not null)
        {
            PutPreferredFirst(search, houses);
        }

        if (houses.Count > limit)
        {
            houses.RemoveRange(limit, houses.Count - limit);
        }

        // Certain, but another address of the resident's own municipality stands before it: then it is a choice.
        return category == Category.C || houses is [] || houses[0].House == best ? category : Category.C;
    }

    // The index has streets by name and houses by number, so that their numbers order equals as a person would.
    private static int InOrder(ScoredHouse left, ScoredHouse right) =>
        left.Cost.CompareTo(right.Cost) is not 0 and var byCost ? byCost : left.House.CompareTo(right.House);

    private static void KeepWhatIsShown(AddressQuery query, List<ScoredHouse> houses, Category category)
    {
        if (houses is not [var best, ..])
        {
            return;
        }

        if (category == Category.A)
        {
            houses.RemoveRange(1, houses.Count - 1);
            return;
        }

        var dearest = Math.Min(StreetSearch.Most, best.Cost + (category == Category.B ? StreetSearch.ReachWhenCertain : StreetSearch.Reach));
        var sameLetter = query.Letter is not null && best.Number.Number == NumberFit.Equal;
        var neighboursOnly = query.Number is not null && best.Number.Number == NumberFit.Differs;
        houses.RemoveAll(house =>
            house.Cost > dearest
            || (sameLetter && house.Number.Number != NumberFit.Equal)
            || (!neighboursOnly && query.Number is not null && house.Number.Number == NumberFit.Differs));
        if (neighboursOnly && houses.Count > NeighboursShown)
        {
            houses.RemoveRange(NeighboursShown, houses.Count - NeighboursShown);
        }
    }

    private static void PutPreferredFirst(StreetSearch search, List<ScoredHouse> houses)
    {
        var next = 0;
        for (var i = 0; i < houses.Count; i++)
        {
            if (search.IsPreferred(houses[i].StreetId))
            {
                var house = houses[i];
                houses.RemoveAt(i);
                houses.Insert(next++, house);
            }
        }
    }
}
