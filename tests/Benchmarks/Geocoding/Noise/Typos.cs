using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Noise;

/// <summary>Slips of the finger on a Swedish or Norwegian keyboard.</summary>
internal static class Typos
{
    private static readonly string[] Swedish = ["qwertyuiopå", "asdfghjklöä", "zxcvbnm"];
    private static readonly string[] Norwegian = ["qwertyuiopå", "asdfghjkløæ", "zxcvbnm"];

    /// <param name="keep">So many letters at the end stay as they are.</param>
    public static string Slip(Dice dice, string text, bool norwegian, int keep = 0)
    {
        var places = Enumerable.Range(0, Math.Max(0, text.Length - keep)).Where(i => char.IsLetter(text[i])).ToList();
        if (places.Count < 3)
        {
            return text;
        }

        var at = dice.Pick(places);
        return dice.Roll() switch
        {
            < 0.35 => text[..at] + Neighbour(dice, text[at], norwegian) + text[(at + 1)..],
            < 0.55 => text[..at] + (dice.Chance(0.4) ? text[at] : Neighbour(dice, text[at], norwegian)) + text[at..],
            < 0.80 => text.Remove(at, 1),
            _ => Swap(text, places, at),
        };
    }

    public static string Slips(Dice dice, string text, int count, bool norwegian, int keep = 0)
    {
        for (var i = 0; i < count; i++)
        {
            text = Slip(dice, text, norwegian, keep);
        }

        return text;
    }

    private static string Swap(string text, List<int> places, int at)
    {
        var with = places.Contains(at + 1) ? at + 1 : at - 1;
        if (with < 0 || !char.IsLetter(text[with]))
        {
            return text;
        }

        var letters = text.ToCharArray();
        (letters[at], letters[with]) = (letters[with], letters[at]);
        return new string(letters);
    }

    private static char Neighbour(Dice dice, char key, bool norwegian)
    {
        var rows = norwegian ? Norwegian : Swedish;
        var small = char.ToLowerInvariant(key);
        var row = Array.FindIndex(rows, keys => keys.Contains(small, StringComparison.Ordinal));
        if (row < 0)
        {
            return dice.Pick("aeinrst".ToCharArray());
        }

        var column = rows[row].IndexOf(small, StringComparison.Ordinal);
        // Each row begins half a key further right than the one above.
        (int Row, int Column)[] around = [(row, column - 1), (row, column + 1), (row - 1, column), (row - 1, column + 1), (row + 1, column - 1), (row + 1, column)];
        var near = around.Where(one => one.Row is >= 0 and < 3 && one.Column >= 0 && one.Column < rows[one.Row].Length).ToList();
        var (r, c) = dice.Pick(near);
        return char.IsUpper(key) ? char.ToUpperInvariant(rows[r][c]) : rows[r][c];
    }
}
