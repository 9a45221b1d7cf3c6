using System.Text;

namespace Ums.Geocoding.Indexing;

/// <summary>
/// What only the answer needs of an address, as few bytes as it takes: its id (a UUID in 16, a number in a few, else its text) and the
/// property's keys. Rows are of different lengths; every sixteenth one's place is known and the others are counted from it.
/// </summary>
internal sealed class HouseDetails(byte[] bytes, int[] blocks)
{
    public const int BlockSize = 16;

    public readonly record struct Row(string Id, int? Gnr, int? Bnr, int? Fnr, int? Snr);

    public Row this[int house]
    {
        get
        {
            var at = bytes.AsSpan(blocks[house / BlockSize]);
            for (var skipped = house % BlockSize; skipped > 0; skipped--)
            {
                at = at[LengthOf(at)..];
            }

            return Decode(at);
        }
    }

    public void Write(SnapshotWriter snapshot)
    {
        snapshot.Write(bytes);
        snapshot.Write(blocks);
    }

    public static HouseDetails Read(SnapshotReader snapshot) => new(snapshot.Read<byte>(), snapshot.Read<int>());

    /// <param name="row">At least <see cref="LongestRow"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Encode(in AddressRecord record, Span<byte> row)
    {
        var length = 1;
        var kind = IdKind.Text;
        if (Guid.TryParseExact(record.Id, "D", out var uuid) && uuid.ToString("D") == record.Id)
        {
            uuid.TryWriteBytes(row[1..]);
            (kind, length) = (IdKind.Uuid, 17);
        }
        else if (ulong.TryParse(record.Id, out var number) && number.ToString(System.Globalization.CultureInfo.InvariantCulture) == record.Id)
        {
            kind = IdKind.Number;
            length += WriteNumber(row[1..], number);
        }
        else
        {
            var written = Encoding.UTF8.GetBytes(record.Id, row[2..]);
            row[1] = (byte)written;
            length += 1 + written;
        }

        ReadOnlySpan<int?> keys = [record.Gnr, record.Bnr, record.Fnr, record.Snr];
        var present = 0;
        for (var key = 0; key < keys.Length; key++)
        {
            if (keys[key] is { } value)
            {
                present |= 1 << (2 + key);
                length += WriteNumber(row[length..], (uint)value);
            }
        }

        row[0] = (byte)((int)kind | present);
        return length;
    }

    /// <summary>The longest id allowed is 64 characters, of up to three bytes each.</summary>
    public const int LongestRow = 2 + (64 * 3) + (4 * 5);

    /// <summary>How long the row is that begins here.</summary>
    public static int LengthOf(ReadOnlySpan<byte> row)
    {
        var length = 1 + IdLength(row);
        for (var key = 0; key < 4; key++)
        {
            length += (row[0] & (1 << (2 + key))) == 0 ? 0 : NumberLength(row[length..]);
        }

        return length;
    }

    private static Row Decode(ReadOnlySpan<byte> row)
    {
        var id = (IdKind)(row[0] & 3) switch
        {
            IdKind.Uuid => new Guid(row.Slice(1, 16)).ToString("D"),
            IdKind.Number => ReadNumber(row[1..]).ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => Encoding.UTF8.GetString(row.Slice(2, row[1])),
        };
        var at = 1 + IdLength(row);
        Span<int?> keys = [null, null, null, null];
        for (var key = 0; key < keys.Length; key++)
        {
            if ((row[0] & (1 << (2 + key))) != 0)
            {
                keys[key] = (int)(uint)ReadNumber(row[at..]);
                at += NumberLength(row[at..]);
            }
        }

        return new Row(id, keys[0], keys[1], keys[2], keys[3]);
    }

    private static int IdLength(ReadOnlySpan<byte> row) => (IdKind)(row[0] & 3) switch
    {
        IdKind.Uuid => 16,
        IdKind.Number => NumberLength(row[1..]),
        _ => 1 + row[1],
    };

    // Seven bits a byte, the highest bit says that more follow.
    private static int WriteNumber(Span<byte> to, ulong number)
    {
        var length = 0;
        for (; number > 0x7F; number >>= 7)
        {
            to[length++] = (byte)(number | 0x80);
        }

        to[length++] = (byte)number;
        return length;
    }

    private static ulong ReadNumber(ReadOnlySpan<byte> from)
    {
        var number = 0UL;
        for (var i = 0; ; i++)
        {
            number |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] < 0x80)
            {
                return number;
            }
        }
    }

    private static int NumberLength(ReadOnlySpan<byte> from)
    {
        var length = 1;
        while (from[length - 1] >= 0x80)
        {
            length++;
        }

        return length;
    }

    private enum IdKind
    {
        Text,
        Uuid,
        Number,
    }
}
