using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>
/// What a typed postcode or place that differs costs, in edits. A wrong postcode that is any of thirteen thousand says more against an address
/// than one that is a digit off.
/// </summary>
internal static class AreaFit
{
    public const float AnotherPostcode = 1.8f, NearestPostcode = 0.95f, AnotherPlace = 1.5f, NeighbouringPlace = 0.8f, MunicipalityForPlace = 0.3f, UnknownPlace = 0.4f;

    public static float OfPostcode(ReadOnlySpan<byte> typed, ReadOnlySpan<byte> postcode)
    {
        if (typed.SequenceEqual(postcode))
        {
            return 0;
        }

        var shared = typed.CommonPrefixLength(postcode);
        if (IsOneEdit(typed[shared..], postcode[shared..]))
        {
            return NearestPostcode;
        }

        return shared >= 3 ? 1.2f : HasTwoOtherDigits(typed, postcode) ? 1.45f : shared == 2 ? 1.6f : AnotherPostcode;
    }

    private static bool HasTwoOtherDigits(ReadOnlySpan<byte> typed, ReadOnlySpan<byte> postcode)
    {
        var other = 0;
        for (var i = 0; i < typed.Length && typed.Length == postcode.Length; i++)
        {
            other += typed[i] == postcode[i] ? 0 : 1;
        }

        return other == 2;
    }

    // After the shared beginning: one digit changed, lost, added, or two swapped.
    private static bool IsOneEdit(ReadOnlySpan<byte> typed, ReadOnlySpan<byte> postcode) =>
        (typed.Length == postcode.Length && typed[1..].SequenceEqual(postcode[1..]))
        || (typed.Length == postcode.Length + 1 && typed[1..].SequenceEqual(postcode))
        || (typed.Length + 1 == postcode.Length && typed.SequenceEqual(postcode[1..]))
        || (typed.Length == postcode.Length && typed.Length >= 2 && typed[0] == postcode[1] && typed[1] == postcode[0] && typed[2..].SequenceEqual(postcode[2..]));

    /// <param name="typed">The keys that the typed place may be.</param>
    /// <param name="said">Something was typed.</param>
    public static float OfPlace(AreaTable areas, ReadOnlySpan<LikelyPlace> typed, bool said, int place, int municipality)
    {
        if (typed.Length == 0)
        {
            return said ? UnknownPlace : 0;
        }

        var (placeKey, municipalityKey) = (areas.KeyOfPlace(place), areas.KeyOfMunicipality(municipality));
        var cost = AnotherPlace;
        foreach (var likely in typed)
        {
            var here = likely.Key == placeKey ? likely.Cost
                : likely.Key == municipalityKey ? likely.Cost + MunicipalityForPlace
                : areas.MunicipalitiesByKey[likely.Key].BinarySearch(municipality) >= 0 ? likely.Cost + NeighbouringPlace
                : AnotherPlace;
            cost = Math.Min(cost, here);
        }

        return cost;
    }
}
