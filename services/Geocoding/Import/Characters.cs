using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ums.Geocoding.Import;

/// <summary>What a name may be written with: letters of any script, digits, marks between them. No control characters, no pictures.</summary>
internal static class Characters
{
    /// <summary>ASCII that no name has; what else there is of symbols goes by its category.</summary>
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("<>=|{}[]\\^~$%@_`");

    /// <summary>Trimmed, composed (NFC), each run of blanks as one space, soft hyphens gone.</summary>
    public static string Clean(string text, out string? fault)
    {
        fault = FaultOf(text) ?? (text.AsSpan().ContainsAny(NotInNames) ? "unexpected-character" : null);
        if (fault is not null)
        {
            return "";
        }
        return IsClean(text) ? text : Fold(text.Normalize(NormalizationForm.FormC));
    }

    public static string? FaultOf(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is < 0x7F and >= 0x20 or 0xAD or 0xA0)
            {
                continue;
            }
            // What was no character at all is enumerated as U+FFFD, and so is what an earlier program could not read.
            var fault = rune == Rune.ReplacementChar ? "encoding" : Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => "control-character",
                UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                    or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.EnclosingMark => "unexpected-character",
                _ => null,
            };
            if (fault is not null)
            {
                return fault;
            }
        }
        return null;
    }

    private static bool IsClean(string text) =>
        text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && !text.Contains("  ", StringComparison.Ordinal) && !text.Contains('\u00AD', StringComparison.Ordinal)
        && !text.Contains('\u00A0', StringComparison.Ordinal) && text.IsNormalized(NormalizationForm.FormC);

    private static string Fold(string text) => string.Join(' ', text.Replace("\u00AD", "", StringComparison.Ordinal)
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
