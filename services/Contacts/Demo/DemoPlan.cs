namespace Ums.Contacts.Demo;

/// <summary>Whose registers are made up, how large, and with which numbers.</summary>
/// <param name="MunicipalityCode">Where its people live.</param>
/// <param name="Landlines">Of its own area, where the regulator keeps some free there.</param>
internal sealed record DemoPlan(string Slug, string MunicipalityCode, int People, int Seed, IReadOnlyList<string> Landlines, bool IsNorthern = false)
{
    /// <summary>What the known people and those whom nobody is to know need: the first and the last ten of each series.</summary>
    private const int Kept = 10;

    public static readonly IReadOnlyList<DemoPlan> All =
    [
        new("stockholm", "0180", 6000, 180, Free(FictionNumbers.Stockholm)),
        new("goteborg", "1480", 4000, 1480, Free(FictionNumbers.Gothenburg)),
        new("malmo", "1280", 3000, 1280, Free(FictionNumbers.Malmo)),
        new("orebro", "1880", 2500, 1880, []),
        new("pitea", "2581", 2000, 2581, [], IsNorthern: true),
        new("kiruna", "2584", 1200, 2584, Free(FictionNumbers.Kiruna), IsNorthern: true),
        new("trosa", "0488", 700, 488, []),
        new("nora", "1884", 600, 1884, []),
    ];

    /// <summary>Enough: households have more than two members on average.</summary>
    public int Homes => People / 2 + 20;

    /// <summary>The same in each organisation: a number may be known to several, each with its own entry.</summary>
    public IReadOnlyList<string> Mobiles { get; } = Free(FictionNumbers.Mobile);

    private static List<string> Free(IReadOnlyList<string> series) => [.. series.Skip(Kept).SkipLast(Kept)];
}
