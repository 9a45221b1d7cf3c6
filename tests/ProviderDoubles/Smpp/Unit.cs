using System.Buffers.Binary;
using System.Text;

namespace Ums.ProviderDoubles.Smpp;

/// <summary>One unit of SMPP, as the message centre sees it. Written apart from the product's, so that one's mistake is not the other's.</summary>
public sealed record Unit(uint Command, uint Status, uint Sequence, byte[] Body)
{
    public const uint Answer = 0x80000000;

    public byte[] ToBytes() => [.. Number((uint)(16 + Body.Length)), .. Number(Command), .. Number(Status), .. Number(Sequence), .. Body];

    public static async Task<Unit?> ReadAsync(Stream stream)
    {
        var head = new byte[16];
        if (await stream.ReadAtLeastAsync(head, 16, throwOnEndOfStream: false) < 16)
        {
            return null;
        }
        var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(head) - 16];
        await stream.ReadExactlyAsync(body);
        return new Unit(At(head, 4), At(head, 8), At(head, 12), body);
    }

    /// <summary>The text that ends with a zero from <paramref name="at"/> on; moves behind it.</summary>
    public string Text(ref int at)
    {
        var end = Array.IndexOf(Body, (byte)0, at);
        var text = Encoding.ASCII.GetString(Body, at, end - at);
        at = end + 1;
        return text;
    }

    private static uint At(byte[] head, int offset) => BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(offset));

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
