using System.Text;

namespace Ums.Benchmarks.Geocoding;

/// <summary>What somebody typed, and the address that was meant.</summary>
/// <param name="Expected">An address id; empty where no address is.</param>
/// <param name="Kind">What is wrong with it, by name.</param>
internal sealed record Query(string Street, string Number, string Postcode, string Place, string Expected, string Kind);

internal static class QueryFile
{
    private const string Header = "street,number,postcode,place,expected_address_id,kind";

    public static void Write(string path, IEnumerable<Query> queries)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        file.WriteLine(Header);
        foreach (var query in queries)
        {
            file.WriteLine(Line(query));
        }
    }

    public static string Line(Query query)
    {
        var line = new StringBuilder();
        Csv.AppendField(line, query.Street);
        foreach (var field in new[] { query.Number, query.Postcode, query.Place, query.Expected, query.Kind })
        {
            line.Append(',');
            Csv.AppendField(line, field);
        }

        return line.ToString();
    }

    public static IReadOnlyList<Query> Read(string path)
    {
        var lines = File.ReadLines(path).Where(line => line.Length > 0).ToList();
        if (lines is not [Header, ..])
        {
            throw new FormatException($"{path} does not begin with the line {Header}");
        }

        return [.. lines.Skip(1).Select(line => Csv.Split(line) is [var street, var number, var postcode, var place, var expected, var kind]
            ? new Query(street, number, postcode, place, expected, kind)
            : throw new FormatException($"A line has not six fields: {line}"))];
    }
}
