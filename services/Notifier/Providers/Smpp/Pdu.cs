using System.Buffers.Binary;

namespace Ums.Notifier.Providers.Smpp;

/// <summary>Commands of SMPP 3.4 that we speak; an answer has the highest bit set.</summary>
internal enum Command : uint
{
    SubmitSm = 0x04,
    DeliverSm = 0x05,
    Unbind = 0x06,
    BindTransceiver = 0x09,
    EnquireLink = 0x15,
    GenericNack = 0x80000000,
    SubmitSmAnswer = 0x80000004,
    UnbindAnswer = 0x80000006,
    BindTransceiverAnswer = 0x80000009,
    EnquireLinkAnswer = 0x80000015,
}

/// <summary>One unit of the protocol: a head of sixteen octets and a body.</summary>
internal sealed record Pdu(Command Command, uint Status, uint Sequence, byte[] Body)
{
    public const int HeadLength = 16;

    /// <summary>Longer than any that a message centre has reason to send.</summary>
    private const int Longest = 128 * 1024;

    public bool IsAnswer => ((uint)Command & 0x80000000) != 0;

    public Pdu Answer(uint status = 0, byte[]? body = null) => new((Command)((uint)Command | 0x80000000), status, Sequence, body ?? []);

    public byte[] ToBytes()
    {
        var bytes = new byte[HeadLength + Body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)Command);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), Status);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), Sequence);
        Body.CopyTo(bytes, HeadLength);
        return bytes;
    }

    /// <exception cref="InvalidDataException">What comes is not SMPP.</exception>
    /// <exception cref="EndOfStreamException">The connection has ended.</exception>
    public static async Task<Pdu> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < HeadLength or > Longest)
        {
            throw new InvalidDataException("A length that no unit of SMPP has.");
        }
        var body = new byte[length - HeadLength];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new Pdu((Command)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)), BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(8)),
            BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(12)), body);
    }
}
