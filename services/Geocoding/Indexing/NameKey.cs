using System.Buffers;
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

    private static readonly char[] Gaps = [' ', '-', ',', '/', '\''];

    private static readonly SearchValues<char> Unaccented = SearchValues.Create([.. Enumerable.Range(0, 128).Select(code => (char)code), .. "åäöÅÄÖ"]);

    /// <summary>Lower case, accents gone (å, ä and ö are letters and stay), abbreviations written out, spaces and marks gone.</summary>
    public static string Of(string name) => Join(WordsOf(name));

    /// <summary>The words of a name, folded, with their marks still on so that "s:t" and "g." can be told from "st" and "g".</summary>
    public static string[] WordsOf(string name)
    {
        var folded = FoldAccents(TypedText.Clean(name)).ToLowerInvariant();
        var words = folded.Split(Gaps, StringSplitOptions.RemoveEmptyEntries);
        return Array.Exists(words, IsAbbreviated) ? [.. words.SelectMany(WriteOut)] : words;
    }

    public static string Join(params ReadOnlySpan<string> words)
    {
        var key = new StringBuilder(32);
        foreach (var word in words)
        {
            foreach (var letter in word)
            {
                if (char.IsLetterOrDigit(letter))
                {
                    key.Append(letter);
                }
            }
        }

        return key.ToString();
    }

    /// <summary>The second, weaker key: as a keyboard without å, ä and ö writes it, in either of the two usual ways.</summary>
    public static string Plain(string key)
    {
        var plain = key.Length <= 256 ? stackalloc char[key.Length] : new char[key.Length];
        var length = 0;
        for (var i = 0; i < key.Length; i++)
        {
            var letter = WithoutDots(key[i]);
            plain[length++] = letter;
            var next = i + 1 < key.Length ? WithoutDots(key[i + 1]) : ' ';
            i += (letter, next) is ('a', 'a') or ('a', 'e') or ('o', 'e') ? 1 : 0;
        }

        return plain[..length].SequenceEqual(key) ? key : new string(plain[..length]);
    }

    public static string PlainOf(string name) => Plain(Of(name));

    private static char WithoutDots(char letter) => letter switch { 'å' or 'ä' => 'a', 'ö' => 'o', _ => letter };

    private static bool IsAbbreviated(string word) => word.Contains(':', StringComparison.Ordinal) || word.StartsWith("skt", StringComparison.Ordinal);

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
        if (!text.AsSpan().ContainsAnyExcept(Unaccented))
        {
            return text;
        }

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
