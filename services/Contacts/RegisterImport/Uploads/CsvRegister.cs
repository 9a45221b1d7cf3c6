using Ums.ServiceDefaults.Files;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>CSV with a header; comma, semicolon or tab, whichever the header has.</summary>
internal sealed class CsvRegister : IRegisterFormat
{
    private const int MostColumns = 50;

    private CsvLine? csv;
    private int[] places = [];
    private int columns;

    public bool IsCutShort { get; private set; }

    public bool IsHeader(LineReader lines)
    {
        if (csv is not null)
        {
            return false;
        }
        if (lines.Fault is { } fault)
        {
            throw new UnusableFileException($"header-{fault}", lines.Line);
        }
        var delimiter = ";\t,".MaxBy(sign => lines.Text.Count(sign));
        csv = new CsvLine(delimiter);
        if (csv.Split(lines.Text) is { } broken)
        {
            throw new UnusableFileException($"header-{broken}", lines.Line);
        }
        columns = csv.Count;
        var names = Enumerable.Range(0, columns).Select(i => csv[i].Trim().ToString()).ToList();
        if (columns > MostColumns)
        {
            throw new UnusableFileException("header-columns", lines.Line);
        }
        // A misspelt column would silently take a whole town's numbers away.
        if (names.Any(name => !RawRow.Columns.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            throw new UnusableFileException("unknown-column", lines.Line);
        }
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count)
        {
            throw new UnusableFileException("column-twice", lines.Line);
        }
        places = [.. RawRow.Columns.Select(column => names.FindIndex(name => column.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        if (places[0] < 0 || places[8] < 0)
        {
            throw new UnusableFileException("column-missing", lines.Line);
        }
        return true;
    }

    public FileRow Read(long line, ReadOnlySpan<char> text)
    {
        var fault = csv!.Split(text);
        // Only the last line matters: what follows says that this was no end.
        IsCutShort = fault == "quotes" || (fault is null && csv.Count < columns);
        if (fault is not null || csv.Count != columns)
        {
            return new FileRow(line, null, fault ?? "columns", null);
        }
        var flag = Field(14).Trim().ToString().ToUpperInvariant();
        if (flag is not ("" or "0" or "N" or "NEJ" or "FALSE" or "NO" or "1" or "J" or "JA" or "TRUE" or "Y" or "YES"))
        {
            // Never taken for unprotected.
            return new FileRow(line, null, "protected", null);
        }
        return new RawRow
        {
            RegisterKey = Text(0), GivenName = Text(1), FamilyName = Text(2), BirthDate = Text(3), CompanyName = Text(4), OrganisationNumber = Text(5), Mobile = Text(6),
            Landline = Text(7), Street = Text(8), Number = Text(9), Letter = Text(10), Postcode = Text(11), Place = Text(12), MunicipalityCode = Text(13),
            Protected = flag is not ("" or "0" or "N" or "NEJ" or "FALSE" or "NO"),
        }.At(line);
    }

    private ReadOnlySpan<char> Field(int column) => places[column] < 0 ? default : csv![places[column]];

    private string? Text(int column) => Field(column) is { IsEmpty: false } field ? field.ToString() : null;
}
