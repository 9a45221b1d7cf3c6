using System.Buffers.Binary;
using System.IO.Compression;

namespace Ums.Testing;

/// <summary>A base map as small as can be, written byte by byte as version 3 of PMTiles says: one tile, which is the world and all of it water.</summary>
public static class SmallBaseMap
{
    private const int HeaderLength = 127;

    /// <summary>A vector tile with one layer, one feature and four corners.</summary>
    public static readonly byte[] Tile =
    [
        0x1A, 32, 0x0A, 5, .. "water"u8, 0x12, 18, 0x18, 3, 0x22, 14, 9, 0, 0, 26, 0x80, 0x40, 0, 0, 0x80, 0x40, 0xFF, 0x3F, 0, 15, 0x28, 0x80, 0x20, 0x78, 2,
    ];

    public static byte[] Bytes()
    {
        // One entry: tile 0, a run of 1, as long as the tile, at offset 0 (which is written as 1).
        var root = Zip([1, 0, 1, (byte)Tile.Length, 1]);
        var metadata = Zip([.. """{"attribution":"Ingen","vector_layers":[{"id":"water","fields":{}}]}"""u8]);
        var file = new byte[HeaderLength + root.Length + metadata.Length + Tile.Length];
        "PMTiles"u8.CopyTo(file);
        file[7] = 3;
        var end = HeaderLength;
        end = Part(8, root);
        end = Part(24, metadata);
        end = Part(40, []);
        Part(56, Tile);
        foreach (var count in new[] { 72, 80, 88 }) // tiles, entries, contents
            file[count] = 1;
        (file[96], file[97], file[98], file[99]) = (1, 2, 1, 1); // clustered, directories with gzip, tiles as they are, vector tiles
        foreach (var (at, degrees) in new[] { (102, -180), (106, -85), (110, 180), (114, 85) }) // west, south, east, north
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), degrees * 10_000_000);
        return file;

        int Part(int at, byte[] content)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), (ulong)end);
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at + 8), (ulong)content.Length);
            content.CopyTo(file, end);
            return end + content.Length;
        }
    }

    private static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
            gzip.Write(content);
        return zipped.ToArray();
    }
}
