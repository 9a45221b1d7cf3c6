using System.Runtime.InteropServices;

namespace Ums.Geocoding.Indexing;

/// <summary>
/// Where a street's positions are counted from, in ten-millionths of a degree, and how long a step is. A street of less than 700 metres has
/// steps of a centimetre; a longer one coarser ones, so that a step count always fits two bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Corner(int Latitude, int Longitude, byte Shift)
{
    private const double Units = 1e7;

    public static int UnitsOf(double degrees) => (int)Math.Round(degrees * Units);

    public static Corner Around(int south, int west, int north, int east)
    {
        var widest = Math.Max((long)north - south, (long)east - west);
        byte shift = 0;
        while ((widest >> shift) >= ushort.MaxValue)
        {
            shift++;
        }

        return new Corner(south, west, shift);
    }

    public ushort StepsNorth(int latitude) => Steps((long)latitude - Latitude);

    public ushort StepsEast(int longitude) => Steps((long)longitude - Longitude);

    /// <returns>WGS84 degrees.</returns>
    public (double Latitude, double Longitude) At(ushort north, ushort east) =>
        ((Latitude + ((long)north << Shift)) / Units, (Longitude + ((long)east << Shift)) / Units);

    // The middle of the step that is cut off, so that the error is at most half of one.
    private ushort Steps(long units) => (ushort)Math.Min(ushort.MaxValue, (units + ((1L << Shift) >> 1)) >> Shift);
}
