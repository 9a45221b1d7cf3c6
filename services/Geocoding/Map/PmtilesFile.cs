using System.Buffers.Binary;
using System.IO.Compression;

namespace Ums.Geocoding.Map;

/// <summary>What can be seen of a PMTiles file (version 3) without reading it all: a header of 127 bytes says which part of the file is what.</summary>
internal static class PmtilesFile
{
    private const int HeaderLength = 127, LongestRoot = 16 * 1024;
    private const byte None = 1, Gzip = 2, VectorTiles = 1;

    private static readonly (string Name, int At)[] Parts = [("root directory", 8), ("metadata", 24), ("leaf directories", 40), ("tiles", 56)];

    /// <returns>Why the file is of no use; null if nothing speaks against it.</returns>
    public static string? Fault(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> header = stackalloc byte[HeaderLength];
            return file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength ? "it is too short for a PMTiles file"
                : !header.StartsWith("PMTiles"u8) ? "it is not a PMTiles file"
                : header[7] != 3 ? $"it is of PMTiles version {header[7]}, and only 3 is known"
                : header[99] != VectorTiles ? "its tiles are pictures, not vector tiles"
                : header[97] is not (None or Gzip) ? "its directories are compressed in a way that browsers cannot read"
                : CutOff(header, file.Length) ?? Root(header, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e.Message;
        }
    }

    private static string? CutOff(ReadOnlySpan<byte> header, long length)
    {
        foreach (var (name, at) in Parts)
        {
            var (offset, size) = Part(header, at);
            if (offset > (ulong)length || size > (ulong)length - offset)
            {
                return $"it is cut off: its {name} should go on to byte {(UInt128)offset + size}, and the file ends at {length}";
            }
        }

        return null;
    }

    private static string? Root(ReadOnlySpan<byte> header, FileStream file)
    {
        var (offset, size) = Part(header, Parts[0].At);
        if (size is 0 or > LongestRoot)
        {
            return "its root directory has no length that a PMTiles file may have";
        }

        var bytes = new byte[size];
        file.Position = (long)offset;
        file.ReadExactly(bytes);
        try
        {
            using Stream content = header[97] == Gzip ? new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress) : new MemoryStream(bytes);
            return content.ReadByte() is -1 or 0 ? "its root directory is empty" : null;
        }
        catch (InvalidDataException)
        {
            return "its root directory is damaged";
        }
    }

    private static (ulong Offset, ulong Length) Part(ReadOnlySpan<byte> header, int at) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(header[at..]), BinaryPrimitives.ReadUInt64LittleEndian(header[(at + 8)..]));
}
