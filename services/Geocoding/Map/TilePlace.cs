using System.Globalization;

namespace Ums.Geocoding.Map;

/// <summary>Which square of the world, as web maps count: at zoom z there are 2^z by 2^z of them, from the north-west.</summary>
internal readonly record struct TilePlace(int Zoom, int X, int Y)
{
    /// <summary>Browsers stretch the deepest tiles for what lies deeper.</summary>
    public const int Deepest = 16;

    /// <returns>Null for a square that does not exist.</returns>
    public static TilePlace? Read(string zoom, string x, string y) =>
        Number(zoom) is { } z and <= Deepest && Number(x) is { } column && Number(y) is { } row && column < 1 << z && row < 1 << z
            ? new TilePlace(z, column, row)
            : null;

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
