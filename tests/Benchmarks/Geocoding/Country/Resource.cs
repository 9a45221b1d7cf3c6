namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>The files beside this one, as they are built in.</summary>
internal static class Resource
{
    /// <summary>The lines that say something.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream($"Ums.Benchmarks.Geocoding.Country.{name}")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
