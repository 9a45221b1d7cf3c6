using System.Globalization;

namespace Ums.Geocoding.Import.Formats;

/// <summary>Coordinates as files write them, to WGS84 degrees. SWEREF 99 and EUREF89 lie within a metre of it, which is nearer than an address is known.</summary>
internal static class Coordinates
{
    private const int Sweref99Tm = 3006, Wgs84 = 4326, Etrs89 = 4258;

    /// <summary>Two numbers in degrees.</summary>
    public static Refusal? Read(ReadOnlySpan<char> latitude, ReadOnlySpan<char> longitude, RawAddress address) => Read(latitude, longitude, Wgs84, address);

    /// <summary>Two numbers in the system that the row or its file names.</summary>
    public static Refusal? Read(ReadOnlySpan<char> north, ReadOnlySpan<char> east, int system, RawAddress address)
    {
        if (!TryRead(north, out var first))
        {
            return Refusal.Of("latitude", north.IsEmpty ? "missing" : "not-a-number", north);
        }
        if (!TryRead(east, out var second))
        {
            return Refusal.Of("longitude", east.IsEmpty ? "missing" : "not-a-number", east);
        }
        return Place(first, second, system, address);
    }

    public static Refusal? Place(double north, double east, int system, RawAddress address)
    {
        if (system is Wgs84 or Etrs89)
        {
            (address.Latitude, address.Longitude) = (north, east);
            return null;
        }
        // EUREF89 in UTM's zones; SWEREF 99 TM is zone 33 under its Swedish name.
        var zone = system == Sweref99Tm ? 33 : system - 25800;
        if (zone is < 31 or > 36)
        {
            return Refusal.Of("latitude", "unknown-system", system.ToString(CultureInfo.InvariantCulture));
        }
        if (!TransverseMercator.IsOnGrid(north, east))
        {
            // Axes swapped in metres: a Scandinavian northing is never an easting.
            return Refusal.Of("latitude", TransverseMercator.IsOnGrid(east, north) ? "swapped-axes" : "out-of-range", FormattableString.Invariant($"{north} {east}"));
        }
        (address.Latitude, address.Longitude) = TransverseMercator.ToDegrees(north, east, zone);
        return null;
    }

    // Norwegian files may write a comma. NaN and infinities are words that TryParse knows; they are told apart later, by range.
    private static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.Length <= 40 && text.Contains(','))
        {
            Span<char> pointed = stackalloc char[text.Length];
            text.Replace(pointed, ',', '.');
            return double.TryParse(pointed, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
