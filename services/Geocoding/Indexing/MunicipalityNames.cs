namespace Ums.Geocoding.Indexing;

/// <summary>What municipalities are called, by country and code: people type one where the post office says another place.</summary>
internal sealed class MunicipalityNames
{
    private readonly Dictionary<(string Country, string Code), string> names = [];

    private MunicipalityNames()
    {
    }

    public static MunicipalityNames None { get; } = new();

    /// <summary>The municipalities of Sweden and Norway.</summary>
    public static MunicipalityNames Scandinavian { get; } = Read();

    public IEnumerable<(string Country, string Code, string Name)> All => names.Select(name => (name.Key.Country, name.Key.Code, name.Value));

    public string? Of(string country, string code) => names.GetValueOrDefault((country, code));

    /// <summary>A country's postcodes have a length of their own.</summary>
    public static string CountryOf(string postcode) => postcode.Length == 4 ? "NO" : "SE";

    private static MunicipalityNames Read()
    {
        var read = new MunicipalityNames();
        using var lines = new StreamReader(typeof(MunicipalityNames).Assembly.GetManifestResourceStream("Ums.Geocoding.Indexing.municipalities.txt")!);
        while (lines.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            read.names[(fields[0], fields[1])] = fields[2];
        }

        return read;
    }
}
