using System.Buffers.Binary;

namespace Ums.Geocoding.Import.Formats;

/// <summary>The point in a geometry of a GeoPackage: a head of its own, then well-known binary. Of several points the first.</summary>
internal static class GeoPackagePoint
{
    private const byte HasEmpty = 0b1_0000, LittleEndian = 1;
    private const uint Point = 1, MultiPoint = 4;

    /// <returns>Null where there is no point in it.</returns>
    public static (int System, double X, double Y)? Read(ReadOnlySpan<byte> blob)
    {
        if (blob is not [(byte)'G', (byte)'P', _, var flags, ..] || blob.Length < 8 || (flags & HasEmpty) != 0)
        {
            return null;
        }
        var system = (flags & LittleEndian) != 0 ? BinaryPrimitives.ReadInt32LittleEndian(blob[4..]) : BinaryPrimitives.ReadInt32BigEndian(blob[4..]);
        var envelope = ((flags >> 1) & 0b111) switch { 0 => 0, 1 => 32, 2 or 3 => 48, 4 => 64, _ => -1 };
        return envelope >= 0 && blob.Length >= 8 + envelope && ReadBinary(blob[(8 + envelope)..], nested: false) is var (x, y) ? (system, x, y) : null;
    }

    private static (double X, double Y)? ReadBinary(ReadOnlySpan<byte> binary, bool nested)
    {
        if (binary.Length < 9)
        {
            return null;
        }
        var little = binary[0] == LittleEndian;
        var type = UInt32(binary[1..], little);
        // 1000, 2000 and 3000 more for heights and measures, in the other dialect the topmost bits.
        var kind = (type & 0x0FFFFFFF) % 1000;
        if (kind == MultiPoint && !nested)
        {
            return UInt32(binary[5..], little) > 0 ? ReadBinary(binary[9..], nested: true) : null;
        }
        if (kind != Point || binary.Length < 21)
        {
            return null;
        }
        var (x, y) = (Double(binary[5..], little), Double(binary[13..], little));
        return double.IsFinite(x) && double.IsFinite(y) ? (x, y) : null;
    }

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static double Double(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
}
