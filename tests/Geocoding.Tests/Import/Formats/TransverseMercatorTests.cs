using System.Globalization;
using Ums.Geocoding.Import.Formats;
using Xunit;

namespace Ums.Geocoding.Tests.Import.Formats;

public sealed class TransverseMercatorTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    /// <summary>Lantmäteriet's control points (Kontrollpunkter RT 90 - SWEREF 99, 2006-05-03): degrees, minutes and seconds beside SWEREF 99 TM.</summary>
    [Theory]
    [InlineData("67 05 26.452769", "21 02 05.101575", 7454204.638, 761811.242)]
    [InlineData("63 32 14.761735", "16 14 59.594626", 7046077.605, 562140.337)]
    [InlineData("60 09 33.882413", "14 45 28.167152", 6669189.376, 486557.055)]
    [InlineData("56 21 17.199245", "13 52 23.754022", 6246136.458, 430374.835)]
    [InlineData("67 05 26.454925", "21 02 05.105679", 7454204.710, 761811.285)]
    [InlineData("63 32 14.759990", "16 14 59.591438", 7046077.551, 562140.294)]
    [InlineData("60 09 33.881760", "14 45 28.167520", 6669189.356, 486557.060)]
    [InlineData("56 21 17.200061", "13 52 23.753431", 6246136.483, 430374.825)]
    public void the_published_control_points_come_out_within_two_millimetres(string latitude, string longitude, double north, double east)
    {
        var (actualLatitude, actualLongitude) = TransverseMercator.ToDegrees(north, east, 33);
        Assert.InRange(Metres(Degrees(latitude), Degrees(longitude), actualLatitude, actualLongitude), 0, 0.002);
    }

    [Theory]
    [InlineData(3006, 33)]
    [InlineData(25833, 33)]
    [InlineData(25832, 32)]
    [InlineData(25835, 35)]
    public async Task everywhere_it_says_what_PROJ_says_within_a_centimetre(int system, int zone)
    {
        var middle = (6 * zone) - 183;
        for (var latitude = 55.0; latitude <= 71; latitude += 4)
        {
            for (var longitude = middle - 7.0; longitude <= middle + 9; longitude += 4)
            {
                var grid = (await geocoding.QueryAsync<string>(
                    "select st_y(p) || ' ' || st_x(p) from st_transform(st_setsrid(st_makepoint($1, $2), $4), $3::int) as p", longitude, latitude, system, system == 3006 ? 4619 : 4258))!
                    .Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
                var (actualLatitude, actualLongitude) = TransverseMercator.ToDegrees(grid[0], grid[1], zone);
                Assert.InRange(Metres(latitude, longitude, actualLatitude, actualLongitude), 0, 0.01);
            }
        }
    }

    private static double Degrees(string sexagesimal)
    {
        var parts = sexagesimal.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return parts[0] + (parts[1] / 60) + (parts[2] / 3600);
    }

    private static double Metres(double latitude, double longitude, double otherLatitude, double otherLongitude) =>
        Math.Sqrt(Math.Pow((latitude - otherLatitude) * 111_320, 2) + Math.Pow((longitude - otherLongitude) * 111_320 * Math.Cos(double.DegreesToRadians(latitude)), 2));
}
