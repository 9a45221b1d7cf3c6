namespace Ums.Geocoding.Search;

/// <summary>How a typed street name became the street's own: nothing to correct, or what had to be.</summary>
internal enum Correction
{
    None,
    Abbreviation,
    Diacritics,
    Typo,
    Unfinished,
    Guess,
}

internal readonly record struct StreetFit(Correction Correction, double Similarity)
{
    /// <summary>What may be corrected without asking, when everything else agrees.</summary>
    public bool Safe => Correction <= Correction.Typo;

    /// <summary>The best of the readings of a typed name against one street.</summary>
    public static StreetFit Of(AddressQuery query, string key, string plain) =>
        query.Names.Select(name => Of(name, key, plain)).DefaultIfEmpty(new StreetFit(Correction.Guess, 0)).MaxBy(fit => fit.Similarity);

    private static StreetFit Of(NameVariant name, string key, string plain)
    {
        if (name.Key == key)
        {
            return name.Assumed ? new(Correction.Abbreviation, 0.99) : new(Correction.None, 1);
        }

        if (name.Plain == plain)
        {
            // å, ä and ö are letters: Häggatan is not Haggatan, and where both exist the one typed stands first.
            return new(Correction.Diacritics, name.Assumed ? 0.96 : 0.98);
        }

        var edits = EditDistance.Between(name.Plain, plain);
        var longest = Math.Max(name.Plain.Length, plain.Length);
        var similarity = Math.Max(0, 0.98 - ((double)edits / longest) - (name.Assumed ? 0.03 : 0));
        if (edits <= EditsAllowed(Math.Min(name.Plain.Length, plain.Length)))
        {
            return new(Correction.Typo, similarity);
        }

        var begun = name.Plain.Length >= 3 && plain.StartsWith(name.Plain, StringComparison.Ordinal);
        return begun
            ? new(Correction.Unfinished, Math.Max(similarity, 0.7 + (0.2 * name.Plain.Length / plain.Length)))
            : new(Correction.Guess, similarity);
    }

    private static int EditsAllowed(int length) => length switch { < 5 => 0, < 9 => 1, < 14 => 2, _ => 3 };
}
