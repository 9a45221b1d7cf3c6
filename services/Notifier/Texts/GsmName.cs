using System.Globalization;
using System.Text;

namespace Ums.Notifier.Texts;

/// <summary>
/// An organisation's name as a text of ours can carry it without turning into UCS-2 or a second part. Only what is sent is written so; the name itself stays.
/// </summary>
internal static class GsmName
{
    private const string Nameless = "UMS";
    private const string Dots = "...";

    /// <summary>Letters of Sámi, Polish and Turkish that no accent explains.</summary>
    private static readonly Dictionary<char, char> Plain = "đdĐDðdÐDŋnŊNŧtŦTłlŁLıi".Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <param name="septets">The room that there is.</param>
    public static string Fit(string name, int septets)
    {
        var written = Written(name);
        var whole = written.Length > 0 ? written : Nameless;
        // Where not even a few letters fit, the text takes a second part anyway, and may as well say the whole name.
        return Width(whole) <= septets || septets < Nameless.Length + Dots.Length ? whole : Cut(whole, septets - Dots.Length) + Dots;
    }

    private static string Written(string name)
    {
        var letters = new StringBuilder(name.Length);
        // A line break could pass for the last line, which telephones read the code from.
        foreach (var c in LookAlikes.Replace(name).Select(c => char.IsControl(c) ? ' ' : Plain.GetValueOrDefault(c, c)))
        {
            letters.Append(GsmAlphabet.Holds(c) ? c : Base(c));
        }
        return string.Join(' ', letters.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The letter without its accent, or nothing.</summary>
    private static string Base(char c) => char.IsSurrogate(c) || c > '\uFFFD'
        ? ""
        : string.Concat(c.ToString().Normalize(NormalizationForm.FormD).Where(part => GsmAlphabet.Holds(part) && char.GetUnicodeCategory(part) != UnicodeCategory.Control));

    private static string Cut(string name, int septets)
    {
        var (length, width) = (0, 0);
        while (length < name.Length && width + GsmAlphabet.Septets(name[length]) <= septets)
        {
            width += GsmAlphabet.Septets(name[length++]);
        }
        var word = name.LastIndexOf(' ', length);
        return name[..(word > length / 2 ? word : length)].TrimEnd();
    }

    private static int Width(string name) => name.Sum(GsmAlphabet.Septets);
}
