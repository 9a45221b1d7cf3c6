using System.Runtime.InteropServices;
using Ums.Geocoding.Demo;

namespace Ums.Benchmarks.Geocoding.Country;

/// <summary>Ids and property keys, each given once; the doors of a house may share its property.</summary>
internal sealed class Keys(Dice dice)
{
    private int property = 10_000_000;

    public string Id()
    {
        Span<ulong> bits = [Bits(), Bits()];
        var bytes = MemoryMarshal.AsBytes(bits);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }

    public int Property(bool shared) => shared ? property : property += dice.Between(1, 3);

    private ulong Bits() => ((ulong)(dice.Roll() * (1L << 53)) << 32) ^ (ulong)(dice.Roll() * (1L << 53));
}
