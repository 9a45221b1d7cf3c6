using System.Buffers.Binary;
using System.IO.Compression;

namespace Ums.Geocoding.Tests.Map;

/// <summary>A PMTiles file as small as can be: one tile at zoom 0, written byte by byte as the format's version 3 says.</summary>
internal static class PmtilesDouble
{
    private const int HeaderLength = 127;

    public static readonly byte[] Tile = [.. "a tile"u8];

    public static byte[] Bytes()
    {
        // One entry: tile 0, a run of 1, as long as the tile, at offset 0 (which is written as 1).
        var root = Zip([1, 0, 1, (byte)Tile.Length, 1]);
        var metadata = Zip([.. """{"attribution":"Ingen","vector_layers":[{"id":"earth","fields":{}}]}"""u8]);
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
