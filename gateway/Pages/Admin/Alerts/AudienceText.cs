using System.Globalization;
using System.Text.RegularExpressions;
using Ums.Gateway.Clients;
using Ums.ServiceDefaults.Phones;
using Match = System.Text.RegularExpressions.Match;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>
/// An audience's parts as people type them, and back again: one a line. What cannot be read is told by its line, and nothing is guessed. Contacts judges what it
/// means; here it is only read.
/// </summary>
internal static partial class AudienceText
{
    /// <param name="Wrong">The first line that cannot be read, as it was typed; null where all can.</param>
    public readonly record struct Read<T>(T[] Parts, string? Wrong);

    /// <param name="municipality">Of the lines that name none.</param>
    public static Read<AlertStreet> Streets(string text, string municipality) => Lines(text, line =>
        Street().Match(line) is { Success: true } found && (found.Groups["code"].Success || municipality.Length == 4)
            ? new AlertStreet(found.Groups["code"].Success ? found.Groups["code"].Value : municipality, found.Groups["street"].Value.Trim(), Number(found, "from", "one"), Number(found, "to", "one"))
            : null);

    public static string Of(IEnumerable<AlertStreet>? streets, string municipality) => string.Join('\n', (streets ?? []).Select(street =>
        (street.MunicipalityCode == municipality ? "" : street.MunicipalityCode + " ") + street.Street + (street.From, street.To) switch
        {
            (null, null) => "",
            var (from, to) when from == to => Invariant($" {from}"),
            var (from, to) => Invariant($" {from}-{to}"),
        }));

    /// <summary>Commas, line breaks or spaces between them; 113 43 is one.</summary>
    public static Read<string> Postcodes(string text) => new(
        [.. Postcode().Matches(text).Select(found => found.Value.Replace(" ", "", StringComparison.Ordinal)).Distinct()],
        Postcode().Replace(text, "").Trim(' ', ',', ';', '\n', '\r', '\t') is { Length: > 0 } rest ? rest : null);

    public static string Of(IEnumerable<string>? postcodes) => string.Join(", ", (postcodes ?? []).Select(Words.Postcode));

    /// <summary>GNR/BNR, or GNR/BNR/FNR/SNR.</summary>
    public static Read<AlertProperty> Properties(string text) => Lines(text, line =>
        Property().Match(line) is { Success: true } found ? new AlertProperty(Number(found, "gnr"), Number(found, "bnr"), Number(found, "fnr"), Number(found, "snr")) : null);

    public static string Of(IEnumerable<AlertProperty>? properties) => string.Join('\n', (properties ?? []).Select(property =>
        Invariant($"{property.Gnr}/{property.Bnr}/{property.Fnr}/{property.Snr}").TrimEnd('/')));

    public static Read<string> Phones(string text)
    {
        var read = Lines(text, line => PhoneNumber.TryParse(line, norwegian: true, out var phone, out _) ? phone!.E164 : null);
        return read with { Parts = [.. read.Parts.Distinct()] };
    }

    public static string OfPhones(IEnumerable<string>? phones) => string.Join('\n', (phones ?? []).Select(Words.Phone));

    /// <summary>Latitude and longitude, a corner a line and an empty line between areas; or latitude, longitude and metres on one line for a circle.</summary>
    public static Read<AlertArea> Areas(string text)
    {
        var areas = new List<AlertArea>();
        foreach (var block in EmptyLine().Split(text.Trim()).Where(block => block.Trim().Length > 0))
        {
            var lines = Lines(block, line => line.Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries) is { Length: 2 or 3 } parts
                && Array.TrueForAll(parts, part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
                    ? Array.ConvertAll(parts, part => double.Parse(part, CultureInfo.InvariantCulture))
                    : null);
            if (lines.Wrong is { } wrong)
            {
                return new([], wrong);
            }
            var corners = lines.Parts.Where(line => line.Length == 2).Select(line => new[] { line[1], line[0] }).ToList();
            areas.AddRange(lines.Parts.Where(line => line.Length == 3).Select(line => new AlertArea(null, [line[1], line[0]], line[2])));
            if (corners.Count > 0)
            {
                var closed = corners[0].SequenceEqual(corners[^1]) && corners.Count > 1;
                areas.Add(new AlertArea([.. corners, .. closed ? [] : new[] { corners[0] }], null, null));
            }
        }
        return new([.. areas], null);
    }

    public static string Of(IEnumerable<AlertArea>? areas) => string.Join("\n\n", (areas ?? []).Select(area => area is { Center: { } center, Radius: { } radius }
        ? Invariant($"{center[1]}, {center[0]}, {radius}")
        : string.Join('\n', (area.Polygon ?? []).SkipLast(1).Select(corner => Invariant($"{corner[1]}, {corner[0]}")))));

    private static Read<T> Lines<T>(string text, Func<string, T?> read) where T : class
    {
        var parts = new List<T>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (read(line) is not { } part)
            {
                return new([.. parts], line);
            }
            parts.Add(part);
        }
        return new([.. parts], null);
    }

    private static int? Number(Match found, params string[] names) => names.Select(name => found.Groups[name]).FirstOrDefault(group => group is { Success: true, Length: > 0 }) is { } group
        && int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<code>\d{4})\s+)?(?<street>\D.*?)(?:\s+(?:(?<from>\d{1,6})?\s*[-–]\s*(?<to>\d{1,6})?|(?<one>\d{1,6})))?$")]
    private static partial Regex Street();

    [GeneratedRegex(@"(?<!\d)\d{3} ?\d{2}(?!\d)|(?<!\d)\d{4}(?!\d)")]
    private static partial Regex Postcode();

    [GeneratedRegex(@"^(?<gnr>\d{0,9})\s*/\s*(?<bnr>\d{0,9})(?:\s*/\s*(?<fnr>\d{0,9}))?(?:\s*/\s*(?<snr>\d{0,9}))?$")]
    private static partial Regex Property();

    [GeneratedRegex(@"\r?\n[ \t]*\r?\n")]
    private static partial Regex EmptyLine();
}
