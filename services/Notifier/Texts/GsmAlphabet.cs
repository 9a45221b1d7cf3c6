using System.Buffers;

namespace Ums.Notifier.Texts;

/// <summary>The default alphabet of 3GPP TS 23.038 and its extension table. å, ä, ö and é are in it; á, š and most typography are not.</summary>
internal static class GsmAlphabet
{
    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    /// <summary>Written with an escape before them.</summary>
    private static readonly SearchValues<char> Extended = SearchValues.Create("\f^{}\\[~]|€");

    private static readonly SearchValues<char> All = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(c => (char)c).Where(c => Basic.Contains(c) || Extended.Contains(c))]);

    public static bool Holds(char c) => All.Contains(c);

    public static bool Holds(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(All);

    /// <param name="c">One that it holds.</param>
    public static int Septets(char c) => Extended.Contains(c) ? 2 : 1;
}
