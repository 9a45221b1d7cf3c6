using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>What a sealed name is found by: each of its words, without regard to case and accents, as eight bytes of a blind index.</summary>
internal static class NameWords
{
    private const int Most = 20;

    /// <summary>Letters that are no other letter with an accent.</summary>
    private static readonly Dictionary<char, string> Own = new()
    {
        ['ø'] = "o", ['æ'] = "ae", ['œ'] = "oe", ['ß'] = "ss", ['đ'] = "d", ['ð'] = "d", ['ł'] = "l", ['þ'] = "th", ['ŋ'] = "n", ['ŧ'] = "t", ['ı'] = "i",
    };

    /// <returns>The distinct words, folded; Anna-Karin is two, O'Brien is one.</returns>
    public static IReadOnlyList<string> Of(params string?[] names)
    {
        var words = new List<string>();
        foreach (var name in names.OfType<string>())
        {
            words.AddRange(Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        return [.. words.Distinct().Take(Most)];
    }

    public static long[] Keys(PersonalData personal, Guid organisation, IEnumerable<string> words) =>
        [.. words.Select(word => BinaryPrimitives.ReadInt64BigEndian(personal.Index(organisation, "name " + word)))];

    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (letter is '\'' or '’' || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }
            // Half a surrogate pair is a letter of a script beyond the first plane, or at least no space between words.
            folded.Append(Own.TryGetValue(letter, out var plain) ? plain : char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) ? letter.ToString() : " ");
        }
        return folded.ToString();
    }
}
