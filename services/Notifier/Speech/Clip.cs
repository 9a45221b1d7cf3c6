using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ums.Notifier.Speech;

/// <summary>A piece of sound: what is said, in which language, and the silence after it.</summary>
internal sealed record Clip(string Language, string Text, int PauseMilliseconds)
{
    /// <summary>Long enough for a sentence, and short enough for an address, in which the text stands sealed.</summary>
    private const int Longest = 300;

    /// <summary>
    /// What a call plays, in order. Digits that stand alone are clips of their own whatever follows them, so that a PIN is never one piece of sound; a long text is
    /// cut between its sentences.
    /// </summary>
    /// <param name="language">In any spelling.</param>
    public static IReadOnlyList<Clip> Of(string language, string text, TimeSpan pauseAfter)
    {
        var (voice, pause) = (Texts.Language.Of(language), (int)pauseAfter.TotalMilliseconds);
        if (text.TrimEnd(',', '.', ' ') is [>= '0' and <= '9'] digit)
        {
            return [Digit(voice, digit[0] - '0', pause)];
        }
        var pieces = Pieces(text.Trim()).ToList();
        return pieces.ConvertAll(piece => new Clip(voice, piece, ReferenceEquals(piece, pieces[^1]) ? pause : 0));
    }

    public static Clip Digit(string language, int digit, int pauseMilliseconds) => new(language, digit.ToString(CultureInfo.InvariantCulture), pauseMilliseconds);

    /// <summary>A name for its file that tells nothing.</summary>
    public string Key(string voice) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{voice}\n{Language}\n{PauseMilliseconds}\n{Text}"))));

    /// <summary>Tells no text: it may be secret.</summary>
    public override string ToString() => nameof(Clip);

    private static IEnumerable<string> Pieces(string text)
    {
        while (text.Length > Longest)
        {
            var end = text.LastIndexOfAny(['.', '!', '?', '\n'], Longest - 1);
            end = end > Longest / 3 ? end + 1 : text.LastIndexOf(' ', Longest - 1) is > 0 and var word ? word : char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
            yield return text[..end].Trim();
            text = text[end..].Trim();
        }
        if (text.Length > 0)
        {
            yield return text;
        }
    }
}
