using Ums.Geocoding.Import.Formats;
using Xunit;

namespace Ums.Geocoding.Tests.Import.Formats;

public sealed class GeoPackagePointTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 32)]
    [InlineData(2, 48)]
    [InlineData(3, 48)]
    [InlineData(4, 64)]
    public void an_envelope_before_the_point_is_stepped_over(int kind, int length)
    {
        var plain = TestPackage.Point(1.5, 2.5);
        byte[] enveloped = [.. plain[..3], (byte)(1 | (kind << 1)), .. plain[4..8], .. new byte[length], .. plain[8..]];
        Assert.Equal((3006, 1.5, 2.5), GeoPackagePoint.Read(enveloped));
    }

    [Fact]
    public void the_other_byte_order_is_read_too()
    {
        byte[] big = [(byte)'G', (byte)'P', 0, 0, 0, 0, 0x0B, 0xBE, 0, 0, 0, 0, 1, .. BitConverter.GetBytes(1.5).Reverse(), .. BitConverter.GetBytes(2.5).Reverse()];
        Assert.Equal((3006, 1.5, 2.5), GeoPackagePoint.Read(big));
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(2001)]
    [InlineData(3001)]
    public void heights_and_measures_are_left_aside(int type)
    {
        var point = TestPackage.Point(1.5, 2.5);
        BitConverter.GetBytes(type).CopyTo(point, 9);
        Assert.Equal((3006, 1.5, 2.5), GeoPackagePoint.Read([.. point, .. new byte[16]]));
    }

    [Fact]
    public void what_breaks_off_or_is_empty_or_no_point_is_none()
    {
        var (point, several) = (TestPackage.Point(1.5, 2.5), TestPackage.MultiPoint(1.5, 2.5));
        Assert.All(Enumerable.Range(0, point.Length), length => Assert.Null(GeoPackagePoint.Read(point.AsSpan(0, length))));
        Assert.All(Enumerable.Range(0, several.Length), length => Assert.Null(GeoPackagePoint.Read(several.AsSpan(0, length))));
        Assert.Null(GeoPackagePoint.Read([.. point[..3], 0b1_0001, .. point[4..]]));
        Assert.Null(GeoPackagePoint.Read([.. point[..3], 0b1011, .. point[4..]]));
        Assert.Null(GeoPackagePoint.Read(TestPackage.Point(double.NaN, 2.5)));
        Assert.Null(GeoPackagePoint.Read([.. point[..9], 2, .. point[10..]]));
    }
}
