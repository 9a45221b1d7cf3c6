namespace Ums.Geocoding.Indexing;

/// <summary>A plain key as it is heard: letters that Swedish and Norwegian ears do not tell apart become one.</summary>
internal static class SoundKey
{
    /// <summary>An x is two letters.</summary>
    public const int Longest = 2 * LetterCodes.Longest;

    private static readonly byte C = LetterCodes.Of('c'), H = LetterCodes.Of('h'), K = LetterCodes.Of('k'), S = LetterCodes.Of('s');

    /// <param name="plain">Letter codes.</param>
    /// <param name="heard">At least <see cref="Longest"/>.</param>
    /// <returns>How many codes were written.</returns>
    public static int Write(ReadOnlySpan<byte> plain, Span<byte> heard)
    {
        var length = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var next = i + 1 < plain.Length ? plain[i + 1] : LetterCodes.Edge;
            var letter = LetterCodes.LetterOf(plain[i]);
            switch (letter)
            {
                case 'p' when next == H:
                    Add(heard, ref length, LetterCodes.Of('f'));
                    i++;
                    break;
                case 'x':
                    Add(heard, ref length, K);
                    Add(heard, ref length, S);
                    break;
                case 'c':
                    Add(heard, ref length, IsSoft(next) ? S : K);
                    break;
                // A silent h: after t and d as in Roth, before a consonant or at the end as in Dahl.
                case 'h' when i > 0 && (plain[i - 1] == LetterCodes.Of('t') || plain[i - 1] == C || !IsVowel(next)):
                    break;
                case 'd' when next == LetterCodes.Of('t'):
                    break;
                // ljus, hjul, gjuta, djur: only the j is heard, at the beginning of a word, which is seldom known; at the name's at least.
                case 'l' or 'h' or 'g' or 'd' when i == 0 && next == LetterCodes.Of('j'):
                    break;
                default:
                    Add(heard, ref length, Same(letter));
                    break;
            }
        }

        return length;
    }

    private static byte Same(char letter) => letter switch
    {
        'q' => K,
        'w' => LetterCodes.Of('v'),
        'z' => S,
        _ => LetterCodes.Of(letter),
    };

    private static void Add(Span<byte> heard, ref int length, byte code)
    {
        if (length == 0 || heard[length - 1] != code)
        {
            heard[length++] = code;
        }
    }

    private static bool IsSoft(byte code) => LetterCodes.LetterOf(code) is 'e' or 'i' or 'y';

    private static bool IsVowel(byte code) => LetterCodes.LetterOf(code) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
