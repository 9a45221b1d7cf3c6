using System.Globalization;

namespace Ums.Benchmarks.Geocoding.Country;

/// <param name="Inhabitants">0 where the file does not know.</param>
internal sealed record Municipality(string Country, string Code, string Name, int Inhabitants, List<Place> Places)
{
    public bool Norwegian => Country == "NO";

    public int Postcodes => Places.Sum(place => place.Postcodes.Count);
}

internal sealed record Place(string Name, List<PostcodeArea> Postcodes);

/// <param name="Rural">Served by a rural postman: villages and farms.</param>
internal sealed record PostcodeArea(string Postcode, double Latitude, double Longitude, bool Rural);

/// <summary>The real municipalities, places and postcodes, read from places.tsv.</summary>
internal static class Gazetteer
{
    public static IReadOnlyList<Municipality> Read()
    {
        var municipalities = new List<Municipality>();
        foreach (var line in Resource.Lines("places.tsv"))
        {
            var fields = line.Split('\t');
            if (fields[0].Length > 0)
            {
                municipalities.Add(new(fields[0], fields[1], fields[2], int.Parse(fields[3], CultureInfo.InvariantCulture), []));
            }
            else
            {
                municipalities[^1].Places.Add(new(fields[1], [.. Areas(fields[2])]));
            }
        }

        return municipalities;
    }

    private static IEnumerable<PostcodeArea> Areas(string text)
    {
        var number = 0;
        foreach (var group in text.Split(';'))
        {
            var parts = group.Split(' ');
            var (latitude, longitude) = (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
            foreach (var postcode in parts[2].Split(',').SelectMany(Range))
            {
                yield return Spread(postcode, latitude, longitude, number++);
            }
        }
    }

    /// <summary>Many postcodes of a town have the town's position; here they lie around it, evenly as the seeds of a sunflower.</summary>
    private static PostcodeArea Spread(string postcode, double latitude, double longitude, int number)
    {
        var (distance, angle) = (0.5 * Math.Sqrt(number), 2.399963 * number);
        var rural = postcode is [var first, var second, _, >= '7', _] && (first, second) is not (('1', '1') or ('1', '2') or ('2', '1') or ('4', '1'));
        return new(postcode, latitude + (distance / 111.2 * Math.Sin(angle)), longitude + (distance / (111.2 * Math.Cos(latitude * Math.PI / 180)) * Math.Cos(angle)), rural);
    }

    private static IEnumerable<string> Range(string text)
    {
        var ends = text.Split('-');
        var width = ends[0].Length;
        var (first, last) = (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
        return Enumerable.Range(first, last - first + 1).Select(code => code.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'));
    }
}
