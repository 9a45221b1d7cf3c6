namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>What happens to a street's name. Each says whether it found something to do.</summary>
internal static class NameFaults
{
    private static readonly (string Right, string Wrong)[] Sounds =
    [
        ("ks", "x"), ("x", "ks"), ("ck", "k"), ("k", "c"), ("c", "k"), ("k", "ck"), ("qv", "kv"), ("kv", "qv"), ("v", "w"), ("w", "v"), ("f", "ph"), ("th", "t"), ("t", "th"), ("hj", "j"),
        ("j", "g"), ("gj", "j"), ("lj", "j"), ("stj", "sj"), ("sj", "sch"), ("sk", "sch"), ("tj", "k"), ("dj", "j"), ("ä", "e"), ("e", "ä"), ("å", "o"), ("o", "å"), ("z", "s"), ("é", "e"),
        ("ll", "l"), ("l", "ll"), ("nn", "n"), ("n", "nn"), ("tt", "t"), ("t", "tt"), ("ss", "s"), ("s", "ss"), ("gg", "g"), ("rr", "r"), ("mm", "m"), ("m", "mm"), ("pp", "p"), ("bb", "b"), ("dd", "d"),
        ("i", "y"), ("y", "i"), ("ø", "o"), ("æ", "e"), ("rd", "r"), ("ng", "n"), ("nd", "n"),
    ];

    public static bool Typo(Draft draft) => Typos(draft, 1, keep: 0);

    public static bool TwoTypos(Draft draft) => draft.Name.Length >= 7 && Typos(draft, 2, keep: 0);

    public static bool ThreeTypos(Draft draft) => draft.Name.Length >= 9 && Typos(draft, 3, keep: 0);

    /// <summary>Before the ending, so that the ending can still be shortened, or mistaken for another.</summary>
    public static bool TypoInStem(Draft draft) => Typos(draft, 1, Abbreviations.EndingOf(draft.Name));

    public static bool Abbreviation(Draft draft)
    {
        if (Abbreviations.Shorten(draft.Dice, draft.Name) is not { } shorter)
        {
            return false;
        }

        (draft.Meant, draft.Name) = (draft.Name, shorter);
        return true;
    }

    public static bool NoDiacritics(Draft draft) => Letters(draft, Plain);

    public static bool Transliterated(Draft draft) => Letters(draft, DoubleVowels);

    public static bool SoundAlike(Draft draft)
    {
        var ending = Abbreviations.EndingOf(draft.Name);
        var stem = draft.Name[..^ending];
        var possible = Sounds.Where(sound => stem.Length >= 4 && stem.IndexOf(sound.Right, 1, StringComparison.Ordinal) > 0).ToList();
        if (possible.Count == 0)
        {
            return false;
        }

        var (right, wrong) = draft.Dice.Pick(possible);
        var at = stem.IndexOf(right, 1, StringComparison.Ordinal);
        return Change(draft, draft.Name[..at] + wrong + draft.Name[(at + right.Length)..]);
    }

    /// <summary>A space too many, one too few, or a hyphen.</summary>
    public static bool Spacing(Draft draft)
    {
        var (name, dice) = (draft.Name, draft.Dice);
        var ending = Abbreviations.EndingOf(name);
        if (name.Contains(' ', StringComparison.Ordinal))
        {
            return Change(draft, dice.Roll() switch
            {
                < 0.5 => name.Replace(" ", "", StringComparison.Ordinal),
                < 0.75 => name.Replace(' ', '-'),
                _ => name.Replace(" ", "  ", StringComparison.Ordinal),
            });
        }

        return ending > 0 && name.Length - ending > 1 && Change(draft, name[..^ending] + (dice.Chance(0.75) ? " " : "-") + name[^ending..]);
    }

    /// <summary>The beginning only, as who waits for suggestions types it.</summary>
    public static bool Prefix(Draft draft)
    {
        var keep = Math.Max(4, (int)(draft.Name.Length * draft.Dice.Between(0.5, 0.85)));
        if (keep >= draft.Name.Length || draft.Name[keep - 1] == ' ')
        {
            return false;
        }

        (draft.Name, draft.Begun) = (draft.Name[..keep], true);
        return true;
    }

    /// <summary>A farm's name without its village, the two the wrong way round, or said a little differently; and often mistyped.</summary>
    public static bool Farm(Draft draft)
    {
        var (dice, village, farm) = (draft.Dice, draft.Name[..(draft.Name.LastIndexOf(' ') + 1)], draft.Name[(draft.Name.LastIndexOf(' ') + 1)..]);
        if (dice.Chance(0.6))
        {
            farm = Noise.Typos.Slip(dice, farm, draft.Norwegian);
        }
        else if (village.Length == 0)
        {
            farm = farm.EndsWith("gården", StringComparison.Ordinal) ? farm[..^2] : farm.EndsWith("torp", StringComparison.Ordinal) || farm.EndsWith("hult", StringComparison.Ordinal) ? farm + "et" : farm;
        }

        (draft.Meant, draft.Lacks) = (village + farm, 0);
        if (village.Length > 0 && dice.Chance(0.6))
        {
            draft.Lacks = 1;
            draft.Name = dice.Chance(0.4) ? farm : $"{farm}{dice.Pick<string>([" ", ", "])}{village.TrimEnd()}";
            return true;
        }

        return Change(draft, village + farm);
    }

    /// <summary>The other of the two written languages, or letters of a foreign keyboard.</summary>
    public static bool Norwegian(Draft draft)
    {
        var name = draft.Name;
        (string From, string To)[] turns =
            [("veien", "vegen"), ("vegen", "veien"), (" vei", " veg"), (" veg", " vei"), ("gate", "gata"), ("gata", "gate"), ("ø", "ö"), ("ø", "oe"), ("ø", "o"), ("æ", "ae"), ("æ", "ä"), ("å", "aa"), ("å", "a")];
        var possible = turns.Where(turn => name.Contains(turn.From, StringComparison.Ordinal)).ToList();
        if (possible.Count == 0)
        {
            return false;
        }

        var (from, to) = draft.Dice.Pick(possible);
        return Change(draft, name.Replace(from, to, StringComparison.Ordinal));
    }

    private static bool Typos(Draft draft, int count, int keep) => Change(draft, Noise.Typos.Slips(draft.Dice, draft.Name, count, draft.Norwegian, keep));

    private static bool Letters(Draft draft, Func<string, string> other)
    {
        draft.Place = draft.Place is null ? null : other(draft.Place);
        return Change(draft, other(draft.Name));
    }

    private static bool Change(Draft draft, string name)
    {
        var changed = name != draft.Name;
        draft.Name = name;
        return changed;
    }

    private static string Plain(string text) => Replace(text, "åa äa öo ÅA ÄA ÖO ée øo æa ØO ÆA");

    private static string DoubleVowels(string text) => Replace(text, "åaa äae öoe ÅAa ÄAe ÖOe øoe æae ØOe ÆAe");

    private static string Replace(string text, string turns) =>
        turns.Split(' ').Aggregate(text, (changed, turn) => changed.Replace(turn[..1], turn[1..], StringComparison.Ordinal));
}
