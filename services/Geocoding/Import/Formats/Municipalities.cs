using System.Collections.Frozen;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Import.Formats;

/// <summary>Municipalities by name, for sources that know no codes.</summary>
internal static class Municipalities
{
    /// <summary>Stands where neither code nor a name that we know is given: such an address is in no organisation's municipality.</summary>
    public const string Unknown = "0000";

    private static readonly FrozenDictionary<string, string> Codes = MunicipalityNames.Scandinavian.All
        .DistinctBy(municipality => Key(municipality.Country, municipality.Name))
        .ToFrozenDictionary(municipality => Key(municipality.Country, municipality.Name), municipality => municipality.Code);

    /// <param name="name">With or without "kommun" behind it.</param>
    public static string? CodeOf(string country, string? name)
    {
        if (name is null)
        {
            return null;
        }
        var bare = name.EndsWith(" kommun", StringComparison.OrdinalIgnoreCase) ? name[..^" kommun".Length] : name;
        return Codes.GetValueOrDefault(Key(country, bare)) ?? (bare.EndsWith('s') ? Codes.GetValueOrDefault(Key(country, bare[..^1])) : null);
    }

    private static string Key(string country, string name) => $"{country} {name.ToUpperInvariant()}";
}
