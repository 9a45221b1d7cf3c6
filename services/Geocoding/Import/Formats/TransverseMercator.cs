namespace Ums.Geocoding.Import.Formats;

/// <summary>
/// From SWEREF 99 TM (EPSG:3006) and EUREF89 / UTM (EPSG:25831-25836) to degrees: Krüger's series on the GRS 80 ellipsoid to the fourth order of the third
/// flattening, good to a millimetre within the zones' reach.
/// </summary>
internal static class TransverseMercator
{
    private const double SemiMajorAxis = 6378137.0, Flattening = 1 / 298.257222101, Scale = 0.9996, FalseEasting = 500_000;

    private const double N = Flattening / (2 - Flattening), N2 = N * N, N3 = N2 * N, N4 = N3 * N;
    private const double Radius = SemiMajorAxis / (1 + N) * (1 + (N2 / 4) + (N4 / 64));

    // Of the grid's series back to the sphere, and of the sphere's latitude to the ellipsoid's.
    private const double D1 = (N / 2) - (2 * N2 / 3) + (37 * N3 / 96) - (N4 / 360);
    private const double D2 = (N2 / 48) + (N3 / 15) - (437 * N4 / 1440);
    private const double D3 = (17 * N3 / 480) - (37 * N4 / 840);
    private const double D4 = 4397 * N4 / 161280;
    private const double L1 = (2 * N) - (2 * N2 / 3) - (2 * N3) + (116 * N4 / 45);
    private const double L2 = (7 * N2 / 3) - (8 * N3 / 5) - (227 * N4 / 45);
    private const double L3 = (56 * N3 / 15) - (136 * N4 / 35);
    private const double L4 = 4279 * N4 / 630;

    /// <summary>Whether the grid may reach there: from Denmark to Svalbard, and as far from a zone's middle as the series holds.</summary>
    public static bool IsOnGrid(double north, double east) => north is >= 6_000_000 and <= 9_100_000 && east is >= -500_000 and <= 1_500_000;

    public static (double Latitude, double Longitude) ToDegrees(double north, double east, int zone)
    {
        var xi = north / (Scale * Radius);
        var eta = (east - FalseEasting) / (Scale * Radius);
        var sphereXi = xi - Sum(Math.Sin, Math.Cosh, xi, eta);
        var sphereEta = eta - Sum(Math.Cos, Math.Sinh, xi, eta);
        var sine = Math.Sin(sphereXi) / Math.Cosh(sphereEta);
        var sphere = Math.Asin(sine);
        var longitude = Math.Atan2(Math.Sinh(sphereEta), Math.Cos(sphereXi));
        var latitude = sphere + (L1 * Math.Sin(2 * sphere)) + (L2 * Math.Sin(4 * sphere)) + (L3 * Math.Sin(6 * sphere)) + (L4 * Math.Sin(8 * sphere));
        return (double.RadiansToDegrees(latitude), double.RadiansToDegrees(longitude) + (6 * zone) - 183);
    }

    private static double Sum(Func<double, double> along, Func<double, double> across, double xi, double eta) =>
        (D1 * along(2 * xi) * across(2 * eta)) + (D2 * along(4 * xi) * across(4 * eta)) + (D3 * along(6 * xi) * across(6 * eta)) + (D4 * along(8 * xi) * across(8 * eta));
}
