using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ums.Geocoding.Indexing;

/// <summary>What comes from a keyboard or a spreadsheet, made fit to be read: one line, composed letters, nothing invisible.</summary>
internal static class TypedText
{
    private static readonly SearchValues<char> Usual = SearchValues.Create("abcdefghijklmnopqrstuvwxyzåäöéøæABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉØÆ0123456789 -.,:/'");

    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (IsClean(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune) || category == UnicodeCategory.Control)
            {
                AppendSpace(clean);
            }
            else if (category is UnicodeCategory.DashPunctuation)
            {
                clean.Append('-');
            }
            else if (IsWritten(category) && rune != Rune.ReplacementChar)
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    // Nearly everything that is typed: letters and marks of a Swedish keyboard, with single spaces between.
    private static bool IsClean(string text)
    {
        var before = ' ';
        foreach (var letter in text)
        {
            if (!Usual.Contains(letter) || (letter == ' ' && before == ' '))
            {
                return false;
            }

            before = letter;
        }

        return before != ' ';
    }

    // Soft hyphens, joiners and direction marks are Format; broken surrogates arrive as the replacement character.
    private static bool IsWritten(UnicodeCategory category) => category is not (
        UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static void AppendSpace(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] != ' ')
        {
            text.Append(' ');
        }
    }
}
