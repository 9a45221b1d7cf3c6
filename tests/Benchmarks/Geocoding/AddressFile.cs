using System.Globalization;
using System.Text;

namespace Ums.Benchmarks.Geocoding;

/// <summary>Addresses in a file, one a line, in our own format.</summary>
internal static class AddressFile
{
    public const string Header = "address_id,street,number,letter,postcode,place,municipality_code,latitude,longitude,gnr,bnr,fnr,snr";

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    public static int Write(string path, IEnumerable<Row> rows)
    {
        using var file = new StreamWriter(path, append: false, Encoding, bufferSize: 1 << 20);
        file.WriteLine(Header);
        var line = new StringBuilder(200);
        var count = 0;
        foreach (var row in rows)
        {
            line.Clear();
            Append(line, row);
            file.WriteLine(line);
            count++;
        }

        return count;
    }

    /// <summary>Row by row, so that any number fits; equal texts on neighbouring lines are one string.</summary>
    public static IEnumerable<Row> Read(string path)
    {
        using var file = new StreamReader(path, Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 20);
        if (file.ReadLine() != Header)
        {
            throw new FormatException($"{path} does not begin with the line {Header}");
        }

        var before = new string[13];
        Array.Fill(before, "");
        while (file.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return Read(line, before);
            }
        }
    }

    private static void Append(StringBuilder line, Row row)
    {
        Csv.AppendField(line, row.Id);
        line.Append(',');
        Csv.AppendField(line, row.Street);
        line.Append(CultureInfo.InvariantCulture, $",{row.Number},{row.Letter},{row.Postcode},");
        Csv.AppendField(line, row.Place);
        line.Append(CultureInfo.InvariantCulture, $",{row.MunicipalityCode},{row.Latitude:0.00000#},{row.Longitude:0.00000#},{row.Gnr},{row.Bnr},{row.Fnr},{row.Snr}");
    }

    private static Row Read(string line, string[] before)
    {
        var rest = line.AsSpan();
        var more = true;
        var at = 0;
        while (at < before.Length && Csv.Next(ref rest, ref more, out var field))
        {
            if (!field.SequenceEqual(before[at]))
            {
                before[at] = field.ToString();
            }

            at++;
        }

        return at < before.Length || more
            ? throw new FormatException($"A line has not {before.Length} fields: {line}")
            : new Row(before[0], before[1], Int(before[2]), Text(before[3]), before[4], before[5], before[6], Double(before[7]), Double(before[8]),
                Int(before[9]), Int(before[10]), Int(before[11]), Int(before[12]));
    }

    private static int? Int(string field) => field.Length == 0 ? null : int.Parse(field, CultureInfo.InvariantCulture);

    private static double Double(string field) => double.Parse(field, CultureInfo.InvariantCulture);

    private static string? Text(string field) => field.Length == 0 ? null : field;
}
