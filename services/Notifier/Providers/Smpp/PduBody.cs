using System.Buffers.Binary;
using System.Text;

namespace Ums.Notifier.Providers.Smpp;

/// <summary>Writes the fields of a body, in order.</summary>
internal sealed class PduBody
{
    private readonly List<byte> bytes = [];

    public PduBody Text(string text)
    {
        bytes.AddRange(Encoding.ASCII.GetBytes(text));
        bytes.Add(0);
        return this;
    }

    public PduBody Octets(params ReadOnlySpan<byte> octets)
    {
        bytes.AddRange(octets);
        return this;
    }

    public PduBody Optional(ushort tag, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(head, tag);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)value.Length);
        bytes.AddRange(head);
        bytes.AddRange(value);
        return this;
    }

    public byte[] ToBytes() => [.. bytes];
}

/// <summary>Reads the fields of a body, in order. One that ends too early has empty fields from there on.</summary>
internal ref struct PduFields(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> rest = body;

    public string Text()
    {
        var end = rest.IndexOf((byte)0);
        var text = Encoding.Latin1.GetString(end < 0 ? rest : rest[..end]);
        rest = end < 0 ? default : rest[(end + 1)..];
        return text;
    }

    public byte Octet()
    {
        var octet = rest.Length > 0 ? rest[0] : (byte)0;
        rest = rest.Length > 0 ? rest[1..] : default;
        return octet;
    }

    public ReadOnlySpan<byte> Octets(int length)
    {
        var octets = rest[..Math.Min(length, rest.Length)];
        rest = rest[octets.Length..];
        return octets;
    }

    /// <summary>The optional fields that follow.</summary>
    public Dictionary<ushort, byte[]> Optional()
    {
        var fields = new Dictionary<ushort, byte[]>();
        while (rest.Length >= 4)
        {
            var (tag, length) = (BinaryPrimitives.ReadUInt16BigEndian(rest), BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            rest = rest[4..];
            fields[tag] = Octets(length).ToArray();
        }
        return fields;
    }
}
