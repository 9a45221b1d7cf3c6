namespace Ums.Geocoding.Search;

/// <summary>
/// Streets that may be meant, by routes that do not depend on each other: a wrong postcode cannot hide the right name, nor a misspelt name
/// the right postcode. The dearer routes are only taken while they might still find something better.
/// </summary>
internal static class FindStreets
{
    /// <summary>How much worse the next may be and still be worth knowing: whether an answer is certain depends on it.</summary>
    private const float Margin = 0.45f;

    private static readonly (Action<StreetSearch> Run, Func<StreetSearch, float> LeastCostOfOthers)[] Steps =
    [
        (ByName.Run, _ => 0),
        (BySound.Run, _ => 0),
        // From here on any other street differs in a letter at least, and lies under another postcode.
        (ByPostcode.Run, search => 1 + LeastPostcodeCost(search)),
        (ByArea.Run, search => 1 + LeastPostcodeCost(search) + LeastPlaceCost(search)),
        (ByLetters.Run, search => 2 + LeastPostcodeCost(search) + LeastPlaceCost(search)),
        (ByBeginning.Run, _ => float.MaxValue),
    ];

    public static void Run(StreetSearch search)
    {
        foreach (var (run, leastCostOfOthers) in Steps)
        {
            run(search);
            if (search.Streets is [var best, ..] && best.Cost + Margin <= leastCostOfOthers(search))
            {
                return;
            }
        }
    }

    private static float LeastPostcodeCost(StreetSearch search) => search.Postcode.Length == 0 ? 0 : AreaFit.NearestPostcode;

    private static float LeastPlaceCost(StreetSearch search) => search.Places.Length == 0 ? 0 : AreaFit.NeighbouringPlace;
}
