namespace Ums.Geocoding.Tests.Map;

/// <summary>Where the streets of the small country's Stockholm begin.</summary>
internal static class Stockholm
{
    private const double Latitude = 59.3415, Longitude = 18.041;

    /// <summary>The path of the tile that it lies in.</summary>
    public static string Tile(int zoom)
    {
        var x = (int)((Longitude + 180) / 360 * (1 << zoom));
        var y = (int)((1 - (Math.Asinh(Math.Tan(Latitude * Math.PI / 180)) / Math.PI)) / 2 * (1 << zoom));
        return $"/api/map/tiles/{zoom}/{x}/{y}.mvt";
    }
}
