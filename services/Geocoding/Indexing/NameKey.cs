using System.Globalization;
using System.Text;

namespace Ums.Geocoding.Indexing;

/// <summary>
/// A name in the form in which names are compared. The same function makes the keys of the rows and of the queries, which is why it
/// lives here and not in the database.
/// </summary>
internal static class NameKey
{
    // Only what means one thing whoever writes it; "St" may be Sankt, Stora or Stigen and is left to NameVariants.
    private static readonly Dictionary<string, string> Abbreviations = new()
    {
        ["s:t"] = "sankt", ["skt"] = "sankt", ["s:ta"] = "sankta", ["skta"] = "sankta",
        ["n:a"] = "norra", ["s:a"] = "södra", ["ö:a"] = "östra", ["o:a"] = "östra", ["v:a"] = "västra",
        ["g:a"] = "gamla", ["g:la"] = "gamla", ["l:a"] = "lilla", ["st:a"] = "stora",
    };

    /// <summary>Lower case, accents gone (å, ä and ö are letters and stay), abbreviations written out, spaces and marks gone.</summary>
    public static string Of(string name) => Join(WordsOf(name));

    /// <summary>The words of a name, folded, with their marks still on so that "s:t" and "g." can be told from "st" and "g".</summary>
    public static string[] WordsOf(string name)
    {
        var folded = FoldAccents(TypedText.Clean(name)).ToLowerInvariant();
        return [.. folded.Split([' ', '-', ',', '/', '\''], StringSplitOptions.RemoveEmptyEntries).SelectMany(WriteOut)];
    }

    public static string Join(IEnumerable<string> words)
    {
        var key = new StringBuilder();
        foreach (var letter in words.SelectMany(word => word).Where(char.IsLetterOrDigit))
        {
            key.Append(letter);
        }

        return key.ToString();
    }

    /// <summary>The second, weaker key: as a keyboard without å, ä and ö writes it, in either of the two usual ways.</summary>
    public static string Plain(string key) => key
        .Replace("aa", "a", StringComparison.Ordinal).Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal)
        .Replace('å', 'a').Replace('ä', 'a').Replace('ö', 'o');

    public static string PlainOf(string name) => Plain(Of(name));

    private static IEnumerable<string> WriteOut(string word)
    {
        if (Abbreviations.TryGetValue(word.TrimEnd('.'), out var whole))
        {
            return [whole];
        }

        var glued = word.StartsWith("s:t", StringComparison.Ordinal) && word.Length > 4;
        return glued ? ["sankt", word[3..]] : [word];
    }

    private static string FoldAccents(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            folded.Append(letter switch
            {
                'å' or 'ä' or 'ö' or 'Å' or 'Ä' or 'Ö' => letter.ToString(),
                'ø' or 'Ø' => "ö",
                'æ' or 'Æ' => "ä",
                'ß' => "ss",
                <= (char)127 => letter.ToString(),
                _ => WithoutMarks(letter),
            });
        }

        return folded.ToString();
    }

    private static string WithoutMarks(char letter)
    {
        if (char.IsSurrogate(letter))
        {
            return "";
        }

        var parts = letter.ToString().Normalize(NormalizationForm.FormD).Where(part => CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark);
        return string.Concat(parts);
    }
}
