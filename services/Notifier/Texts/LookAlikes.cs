using System.Globalization;
using System.Text;

namespace Ums.Notifier.Texts;

/// <summary>
/// Typography that word processors put in unasked, and what looks the same in GSM-7. Letters are not among them: how a name is spelt is its owner's business.
/// </summary>
internal static class LookAlikes
{
    private static readonly Dictionary<char, string> Table = new (string From, string To)[]
    {
        ("‘’‚‛′´`‹›", "'"),
        ("“”„‟″«»", "\""),
        ("‐‑‒–—―−", "-"),
        ("•‣", "-"),
        ("…", "..."),
        ("\t\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000", " "),
        ("\u2028\u2029\u0085\v", "\n"),
        // Without a width: soft hyphen, zero-width space and joiners, marks of direction, byte order mark.
        ("\u00AD\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF", ""),
    }.SelectMany(row => row.From.Select(from => (from, row.To))).ToDictionary();

    /// <param name="At">Where in the text as it was, in UTF-16 units.</param>
    public sealed record Change(int At, string From, string To);

    public static string Replace(string text) => Replace(text, out _);

    public static string Replace(string text, out IReadOnlyList<Change> changes)
    {
        var (replaced, made) = (new StringBuilder(text.Length), new List<Change>());
        for (var i = 0; i < text.Length;)
        {
            var (length, to) = Next(text, i);
            if (to is not null)
            {
                made.Add(new Change(i, text.Substring(i, length), to));
            }
            replaced.Append(to ?? text.Substring(i, length));
            i += length;
        }
        changes = made;
        return replaced.ToString();
    }

    private static (int Length, string? To) Next(string text, int at)
    {
        // Some systems write å as a and a ring: the very same letter.
        if (at + 1 < text.Length && char.GetUnicodeCategory(text[at + 1]) == UnicodeCategory.NonSpacingMark && !char.IsSurrogate(text[at])
            && Composed(text.Substring(at, 2)) is { } letter)
        {
            return (2, letter);
        }
        return (1, Table.GetValueOrDefault(text[at]));
    }

    private static string? Composed(string pair) =>
        pair.Normalize(NormalizationForm.FormC) is { Length: 1 } letter && GsmAlphabet.Holds(letter) ? letter : null;
}
