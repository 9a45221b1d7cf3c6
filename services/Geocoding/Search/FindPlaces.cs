using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <param name="Key">Of a place or municipality.</param>
/// <param name="Cost">In edits; 0 where the name is the typed one.</param>
internal readonly record struct LikelyPlace(int Key, float Cost);

/// <summary>The places that a typed one may be: the one of that name, else those that are nearly called so.</summary>
internal static class FindPlaces
{
    public const int Most = 8;

    private const float CostOfGuess = 0.2f, CostOfAddition = 0.1f;

    private static readonly byte[][] Additions = [LetterCodes.Of("kommun"), LetterCodes.Of("skommun"), LetterCodes.Of("s"), LetterCodes.Of("kommune")];

    /// <param name="typed">The plain key of what was typed.</param>
    /// <returns>How many were found.</returns>
    public static int Run(AreaTable areas, LetterPattern typed, Span<LikelyPlace> found)
    {
        if (typed.Length == 0)
        {
            return 0;
        }

        var (exact, cost) = (areas.Keys.Find(typed.Codes), 0f);
        for (var i = 0; exact < 0 && i < Additions.Length; i++)
        {
            (exact, cost) = (typed.Codes.EndsWith(Additions[i]) ? areas.Keys.Find(typed.Codes[..^Additions[i].Length]) : -1, CostOfAddition);
        }

        if (exact >= 0)
        {
            found[0] = new LikelyPlace(exact, cost);
            return 1;
        }

        return NearlyCalledSo(areas, typed, found);
    }

    private static int NearlyCalledSo(AreaTable areas, LetterPattern typed, Span<LikelyPlace> found)
    {
        var (least, count) = (typed.Length switch { < 4 => 0, < 7 => 1, _ => 2 }, 0);
        for (var key = 0; key < areas.Keys.Count; key++)
        {
            if (!typed.MayBeWithin(least, areas.KeyMasks[key]))
            {
                continue;
            }

            var edits = typed.DistanceTo(areas.Keys[key]);
            if (edits < least)
            {
                (least, count) = (edits, 0);
            }

            if (edits == least && edits > 0 && count < Math.Min(Most, found.Length))
            {
                found[count++] = new LikelyPlace(key, CostOfGuess + (0.8f * edits));
            }
        }

        return count;
    }
}
