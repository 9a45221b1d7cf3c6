using System.Buffers.Binary;

namespace Ums.Geocoding.Import;

/// <summary>Geometries in PostGIS's own binary form, which COPY takes as it stands.</summary>
internal static class Ewkb
{
    private const uint LineStringType = 2, PolygonType = 3, HasSrid = 0x20000000, Wgs84 = 4326;

    public static byte[] LineString(IReadOnlyList<Position> points)
    {
        var bytes = new byte[13 + (16 * points.Count)];
        WriteHead(bytes, LineStringType, (uint)points.Count);
        WritePoints(bytes.AsSpan(13), points);
        return bytes;
    }

    /// <param name="ring">Closed: the last point is the first.</param>
    public static byte[] Polygon(IReadOnlyList<Position> ring)
    {
        var bytes = new byte[17 + (16 * ring.Count)];
        WriteHead(bytes, PolygonType, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(13), (uint)ring.Count);
        WritePoints(bytes.AsSpan(17), ring);
        return bytes;
    }

    private static void WriteHead(Span<byte> bytes, uint type, uint count)
    {
        bytes[0] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[1..], type | HasSrid);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[5..], Wgs84);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[9..], count);
    }

    private static void WritePoints(Span<byte> bytes, IReadOnlyList<Position> points)
    {
        for (var point = 0; point < points.Count; point++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[(16 * point)..], points[point].Longitude);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[((16 * point) + 8)..], points[point].Latitude);
        }
    }
}
