using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Ums.Geocoding.Import;

/// <summary>The same for the same text, today and after the next start.</summary>
internal static class StableHash
{
    public static string Text(string text)
    {
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan()));
        return hash.ToString("x32", CultureInfo.InvariantCulture);
    }

    public static ulong Number(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}

/// <summary>
/// A street of an import has the hash of its name and place for its id, so that its addresses can carry it before anybody has seen all of the street. These
/// ids lie above those that are counted up.
/// </summary>
internal static class StreetIds
{
    public const long First = 1L << 62;

    public static long Of(string street) => First | (long)(StableHash.Number(street) >> 2);
}
