using Ums.Geocoding.Import.Formats;

namespace Ums.Geocoding.Import;

/// <summary>What stands behind <c>import</c> on the command line.</summary>
internal sealed record ImportArguments(string Source, string Format, string? Report, IReadOnlyList<string> Files)
{
    public static readonly string Usage = $"""
        Usage: dotnet run --project services/Geocoding -- import --format FORMAT [options] FILE...

          --format NAME    csv            our own: {OwnCsv.Header}
                           lantmateriet   Belägenhetsadress, GeoPackages as they are or zipped, one a municipality
                           kartverket     Matrikkelen adresse, CSV
                           openaddresses  CSV or GeoJSON lines
          --source NAME    whose rows these are; they replace all that this source had (the format's name)
          --report FILE    where the refused rows are listed (refused-SOURCE.csv, if there are any)

        All files together are one import: all of it counts, or nothing. Archives (.zip, .gz) are read as they are. A killed import goes on when it is started
        again with the same files. ConnectionStrings__geocodingdb in the environment names the database.
        Ends with 0 when imported, 1 when not, 2 when the command was not understood.
        """;

    /// <exception cref="FormatException">Something is missing or misspelt; the message says what.</exception>
    public static ImportArguments Parse(IReadOnlyList<string> arguments)
    {
        string? source = null, format = null, report = null;
        var files = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--format":
                    format = Next();
                    break;
                case "--source":
                    source = Next();
                    break;
                case "--report":
                    report = Next();
                    break;
                case ['-', ..] and var unknown:
                    throw new FormatException($"{unknown} is not an option.");
                default:
                    files.Add(arguments[i]);
                    break;
            }

            string Next() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value.");
        }
        if (format is null || !AddressFormat.ByName.ContainsKey(format))
        {
            throw new FormatException(format is null ? "--format is missing." : $"--format {format} is not known.");
        }
        if (!SourceName.IsGood(source ?? format))
        {
            throw new FormatException($"--source {source}: {SourceName.Rule}.");
        }
        var missing = files.Find(file => !File.Exists(file));
        return (files.Count, missing) switch
        {
            (0, _) => throw new FormatException("Which file?"),
            (_, not null) => throw new FormatException($"There is no file {missing}."),
            _ => new ImportArguments(source ?? format, format, report, files),
        };
    }
}
