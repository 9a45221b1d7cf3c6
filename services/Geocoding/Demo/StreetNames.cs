namespace Ums.Geocoding.Demo;

/// <summary>Gives names to streets and farms, each once in a place, in quarters of a theme as Swedish towns name theirs.</summary>
internal sealed class StreetNames(Dice dice)
{
    private static readonly (string[] Endings, string[] Stems)[] Themes = ReadThemes();

    private static readonly string[] FarmStems =
    [
        "Norr", "Söder", "Öster", "Väster", "Ny", "Lill", "Stor", "Gammel", "Upp", "Ned", "Björk", "Gran", "Lind", "Ek", "Berg", "Back", "Sand", "Kvarn",
        "Ekorr", "Ström", "Fors", "Ås", "Holm", "Näs", "Hag", "Ljung", "Mo", "Sten", "Rön", "Tall",
    ];

    private static readonly string[] FarmEndings = ["gården", "torp", "hult", "bo", "sta", "by", "heden", "näset", "lund", "åsen", "boda", "ryd", "tomta", "hyttan"];

    private readonly Dictionary<string, HashSet<string>> given = [];

    /// <summary>A name of the quarter's theme that its place has not got; from another theme when that one is used up.</summary>
    /// <param name="kind">lane, street or main: lanes are stigar and gränder, thoroughfares gator and vägar.</param>
    public string Street(string place, int theme, string kind)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (endings, stems) = Themes[(theme + (attempt / 25)) % Themes.Length];
            var ending = Ending(endings, kind);
            var name = dice.Pick(stems) + ending;
            if (Take(place, name))
            {
                return name;
            }
        }
    }

    private string Ending(string[] endings, string kind) => kind switch
    {
        "main" => endings.First(ending => ending is "gatan" or "vägen"),
        "lane" => endings[^1],
        _ => dice.Chance(0.75) ? endings[0] : dice.Pick(endings),
    };

    public string? Farm(string place)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var name = dice.Pick(FarmStems) + dice.Pick(FarmEndings);
            if (Take(place, name))
            {
                return name;
            }
        }

        return null;
    }

    public int Theme() => dice.Between(0, Themes.Length - 1);

    /// <returns>False where the place has that name already.</returns>
    public bool Take(string place, string name)
    {
        if (!given.TryGetValue(place, out var names))
        {
            given[place] = names = [];
        }

        return names.Add(name);
    }

    private static (string[] Endings, string[] Stems)[] ReadThemes()
    {
        using var stream = typeof(StreetNames).Assembly.GetManifestResourceStream("Ums.Geocoding.Demo.street-names.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n')
            .Where(line => line.Contains('|', StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Select(parts => (Words(parts[0]), Words(parts[1].Replace('·', '\u00a0'))))];
    }

    // A hard space inside a stem ("Karl Johans") keeps it one word until it is a name.
    private static string[] Words(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('\u00a0', ' '))];
}
