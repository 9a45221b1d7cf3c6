using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>The short forms that people write, and everything that a short form may stand for.</summary>
internal static class Abbreviations
{
    public static readonly (string Whole, string[] Short)[] Endings =
    [
        ("gatan", ["g.", "g", "gat.", "gat", " g.", " g"]), ("gata", [" g.", "g."]), ("vägen", ["v.", "v", "väg", " v.", " v"]), ("väg", [" v.", "v."]),
        ("gränden", ["gr.", "gränd"]), ("gränd", ["gr.", "gr", " gr."]), ("stigen", ["st.", "st", "stig", " st."]), ("torget", ["t.", "torg"]), ("platsen", ["pl.", "pl"]),
        ("plats", ["pl."]), ("plan", ["pl.", "pl"]), ("allén", ["all.", "alle"]), ("backen", ["b.", "backe"]),
        ("veien", ["v.", "v", "vn.", "vei"]), ("vegen", ["v.", "v", "vn.", "veg"]), ("gate", ["g.", "gt.", "gt"]), ("plass", ["pl."]),
    ];

    public static readonly (string Whole, string[] Short)[] Beginnings =
    [
        ("Sankta", ["S:ta", "Sta", "Skta"]), ("Sankt", ["S:t", "St", "St.", "Skt"]), ("Norra", ["N.", "N", "N:a", "Nr."]), ("Södra", ["S.", "S", "S:a"]), ("Östra", ["Ö.", "Ö", "Ö:a"]),
        ("Västra", ["V.", "V", "V:a"]), ("Gamla", ["G:a", "G:la", "Gla", "Gl."]), ("Stora", ["St.", "St:a", "S:ta"]), ("Lilla", ["L.", "L:a", "L:la"]),
        ("Nedre", ["Ndr."]), ("Övre", ["Öv."]), ("Nordre", ["N."]), ("Søndre", ["S."]), ("Østre", ["Ø."]), ("Vestre", ["V."]),
    ];

    /// <summary>How many letters at the end make the kind of street, and stay when only the rest may be mistyped.</summary>
    public static int EndingOf(string name) =>
        Endings.Select(ending => ending.Whole.Length).Where((length, i) => name.EndsWith(Endings[i].Whole, StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty(0).Max();

    /// <returns>Null where there is nothing to shorten.</returns>
    public static string? Shorten(Dice dice, string name)
    {
        var (short1, beginning) = (name, Beginnings.FirstOrDefault(one => name.StartsWith(one.Whole + " ", StringComparison.OrdinalIgnoreCase)));
        var ending = Endings.Where(one => name.EndsWith(one.Whole, StringComparison.OrdinalIgnoreCase) && name.Length > one.Whole.Length + 2).OrderByDescending(one => one.Whole.Length).FirstOrDefault();
        if (beginning.Whole is not null && (ending.Whole is null || dice.Chance(0.7)))
        {
            short1 = dice.Pick(beginning.Short) + name[beginning.Whole.Length..];
        }

        if (ending.Whole is not null && (short1 == name || dice.Chance(0.5)))
        {
            var stem = short1[..^ending.Whole.Length].TrimEnd();
            var last = dice.Pick(ending.Short);
            short1 = name[^(ending.Whole.Length + 1)] == ' ' && last[0] != ' ' ? $"{stem} {last}" : stem + last;
        }

        return short1 == name ? null : short1;
    }

    /// <summary>Every name that a short one may be, itself among them.</summary>
    public static IEnumerable<string> Meanings(string name)
    {
        var beginnings = new List<string> { name };
        foreach (var (whole, shorts) in Beginnings)
        {
            beginnings.AddRange(shorts.Where(text => name.StartsWith(text + " ", StringComparison.OrdinalIgnoreCase)).Select(text => whole + name[text.Length..]));
        }

        foreach (var begun in beginnings)
        {
            yield return begun;
            foreach (var (whole, shorts) in Endings)
            {
                foreach (var text in shorts.Where(text => begun.EndsWith(text, StringComparison.OrdinalIgnoreCase) && begun.Length > text.Length + 1))
                {
                    yield return begun[..^text.Length] + whole;
                }
            }
        }
    }
}
