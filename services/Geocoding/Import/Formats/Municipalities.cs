using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Ums.Geocoding.Import.Formats;

/// <summary>The Swedish municipalities by name, for sources that know no codes. Read off the script that fills their table, so that both have the same.</summary>
internal static partial class Municipalities
{
    /// <summary>Stands where neither code nor a name that we know is given, as for all of Norway in OpenAddresses: such an address is in no organisation's municipality.</summary>
    public const string Unknown = "0000";

    private static readonly Lazy<FrozenDictionary<string, string>> Codes = new(() =>
    {
        using var script = typeof(Municipalities).Assembly.GetManifestResourceStream("Ums.Geocoding.Database.002-municipalities.sql")!;
        using var reader = new StreamReader(script);
        return Row().Matches(reader.ReadToEnd()).ToFrozenDictionary(row => row.Groups[2].Value, row => row.Groups[1].Value, StringComparer.OrdinalIgnoreCase);
    });

    /// <param name="name">With or without "kommun" behind it.</param>
    public static string? CodeOf(string? name)
    {
        if (name is null)
        {
            return null;
        }
        var bare = name.EndsWith(" kommun", StringComparison.OrdinalIgnoreCase) ? name[..^" kommun".Length] : name;
        return Codes.Value.GetValueOrDefault(bare) ?? (bare.EndsWith('s') ? Codes.Value.GetValueOrDefault(bare[..^1]) : null);
    }

    [GeneratedRegex(@"\('([0-9]{4})', '([^']+)'")]
    private static partial Regex Row();
}
