using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>One way to read a typed street name; <paramref name="Assumed"/> says that an abbreviation with more than one meaning was written out.</summary>
internal sealed record NameVariant(string Key, string Plain, bool Assumed);

/// <summary>The readings of a typed street name: as it stands, and with the abbreviations of Swedish and Norwegian streets written out.</summary>
internal static class NameVariants
{
    private const int Most = 12;

    private static readonly (string Short, string Whole)[] Endings =
    [
        ("gat", "gatan"), ("gata", "gatan"), ("g", "gatan"), ("väg", "vägen"), ("vag", "vägen"), ("v", "vägen"),
        ("gr", "gränd"), ("gr", "gränden"), ("gränd", "gränden"), ("grand", "gränd"), ("st", "stigen"), ("stig", "stigen"),
        ("pl", "plan"), ("pl", "platsen"), ("plats", "platsen"), ("all", "allén"),
        ("veien", "vegen"), ("vegen", "veien"), ("vn", "veien"), ("v", "veien"), ("g", "gate"), ("gt", "gate"), ("gata", "gate"), ("gate", "gata"),
    ];

    /// <summary>One letter says so little that only a point after it makes it an abbreviation.</summary>
    private static readonly (string Short, string Whole)[] EndingsWithPoint = [("b.", "backen"), ("t.", "torget"), ("t.", "torg")];

    private static readonly Dictionary<string, string[]> Beginnings = new()
    {
        ["st"] = ["sankt", "stora"], ["sta"] = ["sankta", "stora"], ["n"] = ["norra"], ["s"] = ["södra"], ["ö"] = ["östra"], ["o"] = ["östra"],
        ["v"] = ["västra"], ["l"] = ["lilla"], ["g"] = ["gamla"], ["gl"] = ["gamla"], ["gla"] = ["gamla"], ["k"] = ["kungs"],
    };

    public static IReadOnlyList<NameVariant> Of(string street)
    {
        var words = NameKey.WordsOf(street);
        if (words.Length == 0)
        {
            return [];
        }

        var literal = Variant(words, assumed: false);
        if (!MayBeAbbreviated(words))
        {
            return literal.Key.Length > 0 ? [literal] : [];
        }

        var assumed = WithBeginnings(words, street.Contains("sankta", StringComparison.OrdinalIgnoreCase)).SelectMany(WithEndings).Select(reading => Variant(reading, assumed: true));
        return [.. new[] { literal }.Concat(assumed).Where(variant => variant.Key.Length > 0).DistinctBy(variant => variant.Key).Take(Most)];
    }

    // Whole names, which most are, end otherwise than any abbreviation.
    private static bool MayBeAbbreviated(string[] words)
    {
        var last = words[^1].AsSpan().TrimEnd('.');
        foreach (var (shortForm, _) in Endings)
        {
            if (last.EndsWith(shortForm, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return words[^1].EndsWith('.') || (words.Length > 1 && (words[0] == "sankta" || Beginnings.ContainsKey(words[0].TrimEnd('.'))));
    }

    private static NameVariant Variant(string[] words, bool assumed)
    {
        var key = NameKey.Join(words);
        return new NameVariant(key, NameKey.Plain(key), assumed);
    }

    private static IEnumerable<string[]> WithBeginnings(string[] words, bool typedInFull)
    {
        yield return words;
        if (words.Length > 1 && words[0] == "sankta" && !typedInFull)
        {
            yield return ["stora", .. words[1..]];
        }

        if (words.Length > 1 && Beginnings.TryGetValue(words[0].TrimEnd('.'), out var wholes))
        {
            foreach (var whole in wholes)
            {
                yield return [whole, .. words[1..]];
            }
        }
    }

    private static IEnumerable<string[]> WithEndings(string[] words)
    {
        yield return words;
        var last = words[^1].TrimEnd('.');
        foreach (var (shortForm, whole) in Endings)
        {
            var stem = last.Length - shortForm.Length;
            if (last.EndsWith(shortForm, StringComparison.Ordinal) && (stem > 1 || (stem == 0 && words.Length > 1)))
            {
                yield return [.. words[..^1], last[..stem] + whole];
            }
        }

        foreach (var (shortForm, whole) in EndingsWithPoint)
        {
            if (words[^1].EndsWith(shortForm, StringComparison.Ordinal) && words[^1].Length > shortForm.Length + 1)
            {
                yield return [.. words[..^1], words[^1][..^shortForm.Length] + whole];
            }
        }
    }
}
