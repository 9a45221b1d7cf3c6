namespace Ums.Geocoding.Search;

/// <summary>
/// A: what was typed is this address and no other. B: this address and no other, after corrections that are safe. C: choose yourself.
/// In doubt always the lower one: a wrong A sends somebody's warnings to a stranger's house.
/// </summary>
internal static class Categorise
{
    /// <summary>How much dearer the second best must be.</summary>
    private const float Margin = 0.4f;

    /// <param name="houses">Best first.</param>
    public static Category Of(StreetSearch search, List<ScoredHouse> houses)
    {
        if (houses.Count == 0)
        {
            return Category.C;
        }

        return IsExact(search, houses) ? Category.A : IsCertain(search, houses) ? Category.B : Category.C;
    }

    private static bool IsExact(StreetSearch search, List<ScoredHouse> houses)
    {
        var best = houses[0];
        if (!SaysExactly(best) || search.Query.Postcode is null || search.Query.IsUnclear)
        {
            return false;
        }

        for (var i = 1; i < houses.Count; i++)
        {
            // 117 was typed and there is 117a too: the door plate may lack the letter.
            if (SaysExactly(houses[i]) || (search.Query.Letter is null && IsSameHouse(search, houses[i], best)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SaysExactly(in ScoredHouse house) =>
        house.Street.Correction == Correction.None && house.Number.Number == NumberFit.Equal && house.PostcodeCost == 0 && house.PlaceCost == 0;

    private static bool IsCertain(StreetSearch search, List<ScoredHouse> houses)
    {
        var best = houses[0];
        if (!best.Street.Safe || !AreaConfirms(search, best) || Corrections(best) > 1)
        {
            return false;
        }

        var otherEntrances = false;
        for (var i = 1; i < houses.Count; i++)
        {
            if (IsSameHouse(search, houses[i], best))
            {
                // The same words for two places.
                if (houses[i].Number.Number == NumberFit.Equal)
                {
                    return false;
                }

                otherEntrances = true;
            }
            else if (houses[i].Cost - best.Cost < Margin && !IsNeighbour(houses[i], best))
            {
                return false;
            }
        }

        return HouseIsCertain(search, best, otherEntrances);
    }

    private static bool HouseIsCertain(StreetSearch search, in ScoredHouse best, bool otherEntrances) => best.Number.Number switch
    {
        NumberFit.Equal => search.Index.Houses.NumberOf(best.House) > 0 || best.Street.Correction != Correction.Typo,
        NumberFit.LetterOpen => !otherEntrances,
        _ => false,
    };

    private static bool AreaConfirms(StreetSearch search, in ScoredHouse best) =>
        (search.Query.Postcode is not null && best.PostcodeCost == 0) || (search.Places.Length > 0 && best.PlaceCost <= 1);

    private static int Corrections(in ScoredHouse best) =>
        (best.Street.Correction == Correction.Typo ? 1 : 0) + (best.PostcodeCost > 0 ? 1 : 0) + (best.PlaceCost > 0 ? 1 : 0);

    private static bool IsSameHouse(StreetSearch search, in ScoredHouse house, in ScoredHouse other) =>
        house.StreetId == other.StreetId
        && search.Index.Houses.NumberOf(house.House) == search.Index.Houses.NumberOf(other.House)
        && search.Index.Houses.PostcodeOf(house.House) == search.Index.Houses.PostcodeOf(other.House);

    // Another number on the very street that was typed says nothing against the number that was typed.
    private static bool IsNeighbour(in ScoredHouse house, in ScoredHouse best) =>
        house.StreetId == best.StreetId && house.Number.Number == NumberFit.Differs && best.Number.Number != NumberFit.Differs;
}
