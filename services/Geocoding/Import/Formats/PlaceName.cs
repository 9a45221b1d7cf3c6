using System.Globalization;

namespace Ums.Geocoding.Import.Formats;

/// <summary>A postal place that its source shouts, as people write it: MO I RANA is Mo i Rana.</summary>
internal static class PlaceName
{
    private static readonly TextInfo Text = CultureInfo.GetCultureInfo("nb-NO").TextInfo;

    public static string? Of(string? name)
    {
        if (name is null || name.Length < 2 || name.Any(char.IsLower))
        {
            return name;
        }
        var words = Text.ToTitleCase(name.ToLowerInvariant()).Split(' ');
        return string.Join(' ', words.Select((word, place) => place > 0 && word is "I" or "På" or "Og" or "Ved" ? word.ToLowerInvariant() : word));
    }
}
