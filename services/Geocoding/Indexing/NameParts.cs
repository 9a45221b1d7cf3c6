namespace Ums.Geocoding.Indexing;

/// <summary>
/// What people leave of a name of several words, or make of it: "Eriksgatan" of Sankt Eriksgatan, and "Näsrud Prästström" of the farm
/// Näsrud in Prästström, whichever of the two the register has first.
/// </summary>
internal static class NameParts
{
    private const int Shortest = 4;

    /// <summary>A word that ends thousands of names says nothing by itself.</summary>
    private static readonly HashSet<string> Endings =
    [
        "gata", "gatan", "gate", "gaten", "vag", "vagen", "vei", "veien", "veg", "vegen", "grand", "granden", "stig", "stigen", "torg", "torget", "plan", "plats",
        "platsen", "backe", "backen", "alle", "allen", "gard", "garden", "park", "parken", "led", "leden", "kaj", "kajen", "strand", "vreten", "berget", "byvag",
    ];

    /// <returns>Plain keys; none for a name of one word.</returns>
    public static IEnumerable<byte[]> Of(string name)
    {
        var words = NameKey.WordsOf(name);
        if (words.Length < 2)
        {
            return [];
        }

        var rotated = Enumerable.Range(1, words.Length - 1).Select(first => NameKey.Join([.. words.Skip(first), .. words.Take(first)]));
        return rotated.Prepend(NameKey.Join([.. words.Skip(1)])).Select(key => NameKey.Plain(key))
            .Where(plain => plain.Length >= Shortest && !Endings.Contains(plain)).Select(plain => LetterCodes.Of(plain));
    }
}
