using System.Buffers.Binary;

namespace Ums.Contacts.Audiences;

/// <summary>
/// A part of an audience: everyone whose place on a line from 0 to 2^32 lies in it. A phone's place is the beginning of its blind index, a household's the
/// hash of its address; both lie evenly, so parts of one width hold about as many.
/// </summary>
internal readonly record struct Part(long From, long Width)
{
    public const long Whole = 1L << 32;

    /// <summary>About as many phones as a part should hold: two batches.</summary>
    private const int Target = 1900;

    /// <summary>As many as a dispatcher takes at once: the first phones need not wait until thousands are read, sealed and carried.</summary>
    private const int First = 64;

    public long To => Math.Min(From + Width, Whole);

    public bool IsLast => To == Whole;

    /// <summary>The least blind index in it.</summary>
    public byte[] Lowest => Index(From);

    /// <summary>The least blind index past it.</summary>
    public byte[] Beyond => IsLast ? [.. Enumerable.Repeat(byte.MaxValue, 33)] : Index(To);

    public static Part At(long position, long expected) => new(position, Math.Clamp(Whole * (position == 0 && expected > Target ? First : Target) / Math.Max(expected, 1), 1, Whole));

    public bool Holds(ReadOnlySpan<byte> index) => BinaryPrimitives.ReadUInt32BigEndian(index) is var place && place >= From && place < To;

    /// <summary>What the whole seems to hold, judged by one part. Doubling and halving only: a part may be an odd one.</summary>
    public long Judge(long expected, int held)
    {
        var wanted = Math.Max(expected * Width / Whole, First);
        return held < wanted / 4 && Width < Whole ? Math.Max(expected / 2, 1) : held > wanted * 2 ? expected * 2 : expected;
    }

    private static byte[] Index(long place)
    {
        var index = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(index, (uint)place);
        return index;
    }
}
