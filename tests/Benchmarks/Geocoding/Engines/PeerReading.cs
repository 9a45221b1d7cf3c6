using System.Globalization;
using System.Text.RegularExpressions;

namespace Ums.Benchmarks.Geocoding.Engines;

/// <summary>
/// What was typed, taken apart for engines that compare but do not read: as much as a developer who knows Swedish addresses would write in an afternoon.
/// </summary>
/// <param name="Names">The street's name as it is compared, then with what it may be short for.</param>
internal sealed partial record PeerReading(IReadOnlyList<string> Names, int? Number, string? Letter, string? Postcode, string Place)
{
    private static readonly (string Short, string Whole)[] Endings =
    [
        ("g", "gatan"), ("gat", "gatan"), ("v", "vagen"), ("vag", "vagen"), ("gr", "grand"), ("gr", "granden"), ("st", "stigen"), ("stig", "stigen"), ("pl", "plan"), ("pl", "platsen"),
        ("t", "torget"), ("torg", "torget"), ("all", "allen"), ("b", "backen"), ("v", "veien"), ("v", "vegen"), ("g", "gate"), ("gt", "gate"), ("g", "gata"), ("vei", "veien"), ("vn", "veien"),
    ];

    private static readonly (string Short, string Whole)[] Beginnings =
    [
        ("s:ta ", "sankta"), ("s:t ", "sankt"), ("st. ", "sankt"), ("st ", "sankt"), ("skt ", "sankt"), ("n. ", "norra"), ("n ", "norra"), ("n:a ", "norra"), ("s. ", "sodra"), ("s ", "sodra"),
        ("s:a ", "sodra"), ("ö. ", "ostra"), ("ö ", "ostra"), ("ö:a ", "ostra"), ("v. ", "vastra"), ("v ", "vastra"), ("v:a ", "vastra"), ("g:a ", "gamla"), ("g:la ", "gamla"), ("gla ", "gamla"),
        ("gl. ", "gamla"), ("st. ", "stora"), ("st:a ", "stora"), ("l. ", "lilla"), ("l:a ", "lilla"), ("l:la ", "lilla"),
    ];

    public static PeerReading Of(Query query)
    {
        var (street, place) = (Unit().Replace(query.Street.ToLowerInvariant(), " "), query.Place.ToLowerInvariant());
        var postcode = TakePostcode(query.Postcode, ref place) ?? TakePostcode(place, ref place) ?? TakePostcode(street, ref street);
        if (place.Trim().Length == 0)
        {
            place = string.Concat(query.Postcode.ToLowerInvariant().Where(letter => !char.IsAsciiDigit(letter)));
        }

        var (number, letter) = TakeNumber(Unit().Replace(query.Number.ToLowerInvariant(), " "), ref street);
        var names = Variants(street).Distinct().Take(5).ToList();
        var parts = street.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 1 && place.Trim().Length == 0)
        {
            // Which of the two is the street shows when they are looked for.
            place = parts[^1];
            names = [.. Variants(parts[0]).Take(4), Key(parts[^1])];
        }

        return new(names, number, letter, postcode, Key(place).Replace("kommun", "", StringComparison.Ordinal));
    }

    /// <summary>Small letters without rings and dots, digits, and nothing between them.</summary>
    public static string Key(string text) => string.Concat(text.ToLowerInvariant()
        .Replace('å', 'a').Replace('ä', 'a').Replace('ö', 'o').Replace('ø', 'o').Replace('æ', 'a').Replace('é', 'e').Where(char.IsLetterOrDigit))
        .Replace("aa", "a", StringComparison.Ordinal).Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal);

    private static string? TakePostcode(string from, ref string rest)
    {
        var found = PostcodeInText().Match(from);
        if (!found.Success)
        {
            return null;
        }

        if (from == rest)
        {
            rest = from.Remove(found.Index, found.Length).Insert(found.Index, ", ");
        }

        return string.Concat(found.Value.Where(char.IsAsciiDigit));
    }

    private static (int?, string?) TakeNumber(string field, ref string street)
    {
        var inField = field.Any(char.IsAsciiDigit);
        var found = HouseInText().Match(inField ? field : street);
        if (!found.Success)
        {
            return (null, null);
        }

        if (!inField)
        {
            var (before, after) = (street[..found.Index], street[(found.Index + found.Length)..]);
            street = before.Any(char.IsLetter) ? $"{before},{after}" : after;
        }

        var number = int.Parse(found.Groups["number"].Value, CultureInfo.InvariantCulture);
        return (number, found.Groups["letter"] is { Length: > 0 } letter ? letter.Value.ToUpperInvariant() : null);
    }

    private static IEnumerable<string> Variants(string street)
    {
        var text = street.Trim(' ', ',');
        var wholes = Beginnings.Where(one => text.StartsWith(one.Short, StringComparison.Ordinal)).Select(one => one.Whole + text[one.Short.Length..]).Prepend(text).ToList();
        foreach (var whole in wholes)
        {
            yield return Key(whole);
        }

        foreach (var key in wholes.Select(Key))
        {
            foreach (var (ending, whole) in Endings)
            {
                if (key.EndsWith(ending, StringComparison.Ordinal) && key.Length > ending.Length + 1)
                {
                    yield return key[..^ending.Length] + whole;
                }
            }
        }
    }

    [GeneratedRegex(@"\b(lgh|lägenhet)\b\.?\s*\d{1,4}|,?\s\d{1,2}\s?tr\b\.?|\bvån(ing)?\b\.?\s*\d{1,2}|\bbv\b\.?|\bnr\.?(?=\s*\d)|#")]
    private static partial Regex Unit();

    [GeneratedRegex(@"(?<!\d)(se-?|s-)?\d{3}\s?\d{2}(?!\d)|^\s*\d{4}\s*$|(?<=[,\s])\d{4}(?=\s\p{L})")]
    private static partial Regex PostcodeInText();

    [GeneratedRegex(@"(?<!\d)0*(?<number>\d{1,4})(?!\d)(\s*[-:]?\s*(?<letter>\p{L})(?!\p{L}))?")]
    private static partial Regex HouseInText();
}
