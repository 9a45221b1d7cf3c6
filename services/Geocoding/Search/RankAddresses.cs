namespace Ums.Geocoding.Search;

/// <summary>From everything that was looked at to the few that are shown.</summary>
internal static class RankAddresses
{
    private const double Least = 0.45;

    /// <summary>How much worse than the best one may be and still be shown.</summary>
    private const double Reach = 0.3, ReachWhenCertain = 0.15;

    private const int NeighboursShown = 5;

    public static (Category Category, IReadOnlyList<ScoredAddress> Shown) Rank(
        AddressQuery query, IEnumerable<ScoredAddress> scored, IReadOnlySet<string> municipalities, int limit)
    {
        var ranked = InOrderOfScore(scored);
        var category = Categorise.Of(query, ranked);
        var shown = PutOwnMunicipalitiesFirst(KeepWhatIsShown(query, ranked, category), municipalities);

        // Certain, but another address of the resident's own municipality stands before it: then it is a choice.
        var stillFirst = category == Category.C || (shown.Count > 0 && shown[0] == ranked[0]);
        return (stillFirst ? category : Category.C, [.. shown.Take(limit)]);
    }

    private static List<ScoredAddress> InOrderOfScore(IEnumerable<ScoredAddress> scored) =>
        [.. scored
            .OrderByDescending(address => address.Score)
            .ThenBy(address => address.Address.Street.Name, StringComparer.Ordinal)
            .ThenBy(address => address.Address.Number)
            .ThenBy(address => address.Address.Letter, StringComparer.Ordinal)
            .ThenBy(address => address.Address.Id, StringComparer.Ordinal)];

    private static List<ScoredAddress> KeepWhatIsShown(AddressQuery query, List<ScoredAddress> ranked, Category category)
    {
        if (ranked is not [var best, ..])
        {
            return [];
        }

        if (category == Category.A)
        {
            return [best];
        }

        var reach = category == Category.B ? ReachWhenCertain : Reach;
        var kept = ranked.Where(address => address.Score >= Math.Max(Least, best.Score - reach));
        if (query.Letter is not null && best.Number == NumberFit.Equal)
        {
            kept = kept.Where(address => address.Number == NumberFit.Equal);
        }

        return query.Number is not null && best.Number == NumberFit.Differs
            ? [.. kept.Take(NeighboursShown)]
            : [.. kept.Where(address => query.Number is null || address.Number != NumberFit.Differs)];
    }

    private static List<ScoredAddress> PutOwnMunicipalitiesFirst(List<ScoredAddress> shown, IReadOnlySet<string> municipalities) =>
        municipalities.Count == 0 ? shown : [.. shown.OrderByDescending(address => municipalities.Contains(address.Address.Street.MunicipalityCode))];
}
