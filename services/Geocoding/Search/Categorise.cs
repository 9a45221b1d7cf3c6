namespace Ums.Geocoding.Search;

/// <summary>
/// A: what was typed is this address and no other. B: this address and no other, after corrections that are safe. C: choose yourself.
/// In doubt always the lower one: a wrong A sends somebody's warnings to a stranger's house.
/// </summary>
internal static class Categorise
{
    /// <summary>How far the second best must be behind.</summary>
    private const double Margin = 0.08;

    /// <param name="ranked">Best first.</param>
    public static Category Of(AddressQuery query, IReadOnlyList<ScoredAddress> ranked)
    {
        if (ranked is not [var best, ..])
        {
            return Category.C;
        }

        var others = ranked.Skip(1).ToList();
        return IsExact(query, best, others) ? Category.A : IsCertain(query, best, others) ? Category.B : Category.C;
    }

    private static bool IsExact(AddressQuery query, ScoredAddress best, List<ScoredAddress> others) =>
        SaysExactly(query, best)
        && query.Postcode is not null
        && !others.Any(other => SaysExactly(query, other))
        // 117 was typed and there is 117a too: the door plate may lack the letter.
        && !(query.Letter is null && others.Any(other => other.SameHouseAs(best)));

    private static bool SaysExactly(AddressQuery query, ScoredAddress address) =>
        address.Street.Correction == Correction.None
        && address.Number == NumberFit.Equal
        && (query.Postcode is null || address.Postcode == 1)
        && (query.PlacePlain is null || address.Place == 1);

    private static bool IsCertain(AddressQuery query, ScoredAddress best, List<ScoredAddress> others) =>
        best.Street.Safe
        && HouseIsCertain(best, others)
        && AreaConfirms(query, best)
        && Corrections(query, best) <= 1
        && others.Where(other => !other.SameHouseAs(best)).All(other => best.Score - other.Score >= Margin || IsWorseInEveryField(other, best));

    private static bool HouseIsCertain(ScoredAddress best, List<ScoredAddress> others) => best.Number switch
    {
        NumberFit.Equal => best.Address.Number is not null || best.Street.Correction != Correction.Typo,
        NumberFit.LetterOpen => !others.Any(other => other.SameHouseAs(best)),
        _ => false,
    };

    private static bool AreaConfirms(AddressQuery query, ScoredAddress best) =>
        (query.Postcode is not null && best.Postcode == 1) || (query.PlacePlain is not null && best.Place >= 0.8);

    private static int Corrections(AddressQuery query, ScoredAddress best) =>
        (best.Street.Correction == Correction.Typo ? 1 : 0)
        + (query.Postcode is not null && best.Postcode < 1 ? 1 : 0)
        + (query.PlacePlain is not null && best.Place < 1 ? 1 : 0);

    // Another number on the very street that was typed says nothing against the number that was typed.
    private static bool IsWorseInEveryField(ScoredAddress other, ScoredAddress best) =>
        other.Number == NumberFit.Differs && best.Number != NumberFit.Differs
        && other.Address.Street.Id == best.Address.Street.Id && other.Postcode <= best.Postcode && other.Place <= best.Place;
}
