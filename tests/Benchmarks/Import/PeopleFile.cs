using System.Globalization;
using System.Text;
using Ums.Benchmarks.Geocoding;

namespace Ums.Benchmarks.Import;

/// <summary>A register of invented people, some two to an address, as a public register's file has them. Numbers are made up and go nowhere.</summary>
internal static class PeopleFile
{
    private const string Header = "registerKey,givenName,familyName,birthDate,mobile,landline,street,number,letter,postcode,place,municipalityCode,protected";

    private static readonly string[] Given = ["Anna", "Karl-Erik", "Åsa", "Mohammed", "Eva", "Lars", "Ingrid", "Öyvind", "Maria", "Björn", "Linnéa", "Ali", "Karin", "Sven", "Elsa", "Göran"];
    private static readonly string[] Family = ["Andersson", "Lindström", "Öberg", "Nilsson", "Haddad", "Åkerlund", "Karlsson", "Berg", "Söderberg", "Nguyen", "Holm", "Sjöberg"];

    public static void Write(string path, IReadOnlyList<Row> addresses, int people, int seed)
    {
        var dice = new Random(seed);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 20);
        file.WriteLine(Header);
        var line = new StringBuilder(200);
        for (var n = 0; n < people; n++)
        {
            var home = addresses[(int)((long)n * addresses.Count / people)];
            line.Clear().Append(CultureInfo.InvariantCulture, $"b{n},{Given[dice.Next(Given.Length)]},{Family[dice.Next(Family.Length)]},{1930 + dice.Next(95)}{1 + dice.Next(12):00}{1 + dice.Next(28):00},");
            if (dice.Next(100) < 80)
            {
                line.Append(CultureInfo.InvariantCulture, $"+4670{n % 10_000_000:0000000}");
            }
            line.Append(',');
            if (dice.Next(100) < 10)
            {
                line.Append(CultureInfo.InvariantCulture, $"+468{5_000_000 + n % 1_000_000}");
            }
            line.Append(',');
            Csv.AppendField(line, home.Street);
            line.Append(CultureInfo.InvariantCulture, $",{home.Number},{home.Letter},{home.Postcode},");
            Csv.AppendField(line, home.Place);
            line.Append(CultureInfo.InvariantCulture, $",{home.MunicipalityCode},{(dice.Next(3000) == 0 ? "1" : "")}");
            file.WriteLine(line);
        }
    }
}
