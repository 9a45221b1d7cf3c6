using System.Globalization;

namespace Ums.Contacts.Demo;

/// <summary>The numbers that the Swedish regulator (PTS) keeps free for books and films: they reach nobody. The demo register has no others.</summary>
internal static class FictionNumbers
{
    /// <summary>070-174 06 05 to 070-174 06 99.</summary>
    public static readonly IReadOnlyList<string> Mobile = Series("+46701740", 605, 699);

    /// <summary>031-390 06 00 to 031-390 06 99.</summary>
    public static readonly IReadOnlyList<string> Gothenburg = Series("+46313900", 600, 699);

    /// <summary>040-628 04 00 to 040-628 04 99.</summary>
    public static readonly IReadOnlyList<string> Malmo = Series("+46406280", 400, 499);

    /// <summary>08-465 004 00 to 08-465 004 99.</summary>
    public static readonly IReadOnlyList<string> Stockholm = Series("+46846500", 400, 499);

    /// <summary>0980-319 200 to 0980-319 299.</summary>
    public static readonly IReadOnlyList<string> Kiruna = Series("+46980319", 200, 299);

    private static string[] Series(string start, int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(number => start + number.ToString("000", CultureInfo.InvariantCulture))];
}
