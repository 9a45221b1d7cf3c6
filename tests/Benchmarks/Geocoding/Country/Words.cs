namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>street-words.txt by kind of word.</summary>
internal sealed class Words
{
    private readonly Dictionary<string, string[]> kinds = Resource.Lines("street-words.txt")
        .Select(line => line.Split('|'))
        .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WithSpaces).ToArray());

    public string[] this[string kind] => kinds[kind];

    private static string WithSpaces(string word) => word.Contains('=', StringComparison.Ordinal) ? word : word.Replace('.', ' ');

    /// <summary>Two halves of a compound; never three equal letters in a row, so Hägg and gatan make Häggatan.</summary>
    public static string Join(string left, string right)
    {
        var triple = left.Length > 1 && left[^1] == left[^2] && left[^1] == right[0];
        return triple ? left + right[1..] : left + right;
    }
}
