using System.Buffers.Binary;

namespace Ums.Notifier.Speech;

/// <summary>A WAV file of PCM. Programs that write to a pipe cannot know its length and leave nonsense in the header, which some players believe.</summary>
internal static class Wav
{
    private const int HeaderLength = 44;
    private const int LongestFormat = 40;

    /// <returns>The same sound in a file that is sound, with silence after it.</returns>
    /// <exception cref="InvalidDataException">It is not a WAV file of 16-bit PCM.</exception>
    public static byte[] Mend(ReadOnlySpan<byte> file, TimeSpan pauseAfter)
    {
        if (file.Length < HeaderLength || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
        {
            throw new InvalidDataException("Not a WAV file.");
        }
        ReadOnlySpan<byte> format = default;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var id = file.Slice(at, 4);
            var rest = file[(at + 8)..];
            var chunk = rest[..(int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]), (uint)rest.Length)];
            if (id.SequenceEqual("fmt "u8) && chunk.Length is >= 16 and <= LongestFormat)
            {
                format = chunk[..16];
            }
            else if (id.SequenceEqual("data"u8) && IsPcm16(format))
            {
                return Write(format, chunk[..(chunk.Length / Block(format) * Block(format))], pauseAfter);
            }
            at += 8 + chunk.Length + chunk.Length % 2;
        }
        throw new InvalidDataException("Not a WAV file of 16-bit PCM.");
    }

    /// <param name="files">All in the format of the first, as <see cref="Mend"/> makes them.</param>
    public static byte[] Join(IReadOnlyList<byte[]> files) =>
        Write(files[0].AsSpan(20, 16), files.SelectMany(file => file.Skip(HeaderLength)).ToArray(), TimeSpan.Zero);

    private static byte[] Write(ReadOnlySpan<byte> format, ReadOnlySpan<byte> sound, TimeSpan pauseAfter)
    {
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var length = sound.Length + (int)(rate * pauseAfter.TotalSeconds) * Block(format);
        var file = new byte[HeaderLength + length];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), format.Length);
        format.CopyTo(file.AsSpan(20));
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), length);
        sound.CopyTo(file.AsSpan(HeaderLength));
        return file;
    }

    private static bool IsPcm16(ReadOnlySpan<byte> format) =>
        format.Length == 16 && BinaryPrimitives.ReadUInt16LittleEndian(format) == 1 && BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) == 16
        && Block(format) is 2 or 4 && BinaryPrimitives.ReadUInt32LittleEndian(format[4..]) is >= 8000 and <= 48_000;

    private static int Block(ReadOnlySpan<byte> format) => BinaryPrimitives.ReadUInt16LittleEndian(format[12..]);
}
