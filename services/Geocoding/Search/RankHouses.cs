using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>From everything that was looked at to the few that are shown.</summary>
internal static class RankHouses
{
    private const int NeighboursShown = 5;

    /// <summary>Some hundred metres.</summary>
    private const double SamePlaceDegrees = 0.001;

    /// <param name="houses">Sorted here, and cut to what is shown.</param>
    public static Category Run(StreetSearch search, List<ScoredHouse> houses, int limit)
    {
        houses.Sort(InOrder);
        DropRepeats(search.Index, houses);
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

    /// <summary>Some sources have an address twice, by two ids: that is one answer. The same words for two places far apart are two.</summary>
    private static void DropRepeats(AddressIndex index, List<ScoredHouse> houses)
    {
        var kept = Math.Min(1, houses.Count);
        for (var i = 1; i < houses.Count; i++)
        {
            if (!IsRepeat(index, houses[kept - 1], houses[i]))
            {
                houses[kept++] = houses[i];
            }
        }

        houses.RemoveRange(kept, houses.Count - kept);
    }

    private static bool IsRepeat(AddressIndex index, in ScoredHouse one, in ScoredHouse other)
    {
        var (houses, corner) = (index.Houses, index.Streets.CornerOf(one.StreetId));
        if (one.StreetId != other.StreetId || houses.NumberOf(one.House) != houses.NumberOf(other.House) || houses.LetterKeyOf(one.House) != houses.LetterKeyOf(other.House)
            || houses.PostcodeOf(one.House) != houses.PostcodeOf(other.House))
        {
            return false;
        }

        var (at, there) = (houses.PositionOf(one.House, corner), houses.PositionOf(other.House, corner));
        return Math.Abs(at.Latitude - there.Latitude) < SamePlaceDegrees && Math.Abs(at.Longitude - there.Longitude) < SamePlaceDegrees;
    }

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
