using System.Text;

namespace Ums.ServiceDefaults.Files;

/// <summary>
/// Which encoding a text is in: by its byte order mark; else UTF-16 where every other byte is zero; else UTF-8, unless the beginning has letters that only
/// Latin-1 explains. A line that does not fit what was found is refused, never guessed at.
/// </summary>
public static class TextEncoding
{
    private const int Looked = 1024 * 1024;

    /// <summary>Strict, but not by exceptions: <see cref="LineReader"/> asks whether a line can be read.</summary>
    public static readonly Encoding Utf8 = new StrictUtf8();

    public static LineReader Open(Stream stream)
    {
        var beginning = new byte[Looked];
        var length = stream.ReadAtLeast(beginning, Looked, throwOnEndOfStream: false);
        var start = beginning.AsMemory(0, length);
        return start.Span switch
        {
            [0xEF, 0xBB, 0xBF, ..] => new LineReader(new PrefixedStream(start[3..], stream), Utf8),
            [0xFF, 0xFE, ..] => Transcoded(start[2..], stream, Encoding.Unicode),
            [0xFE, 0xFF, ..] => Transcoded(start[2..], stream, Encoding.BigEndianUnicode),
            [not 0, 0, not 0, 0, ..] => Transcoded(start, stream, Encoding.Unicode),
            [0, not 0, 0, not 0, ..] => Transcoded(start, stream, Encoding.BigEndianUnicode),
            var bytes => new LineReader(new PrefixedStream(start, stream), IsLatin1(bytes) ? Encoding.Latin1 : Utf8),
        };
    }

    // One letter beyond ASCII that is right UTF-8 outweighs any that is wrong: by chance that hardly comes about.
    private static bool IsLatin1(ReadOnlySpan<byte> bytes)
    {
        var wrong = false;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var used);
            if (status == System.Buffers.OperationStatus.Done && !rune.IsAscii)
            {
                return false;
            }
            wrong |= status == System.Buffers.OperationStatus.InvalidData;
            bytes = bytes[used..];
        }
        return wrong;
    }

    private static LineReader Transcoded(ReadOnlyMemory<byte> beginning, Stream stream, Encoding from) =>
        new(Encoding.CreateTranscodingStream(new PrefixedStream(beginning, stream), from, Encoding.UTF8), Utf8);

    private sealed class StrictUtf8 : UTF8Encoding
    {
        public StrictUtf8() : base(encoderShouldEmitUTF8Identifier: false)
        {
        }

        public override bool TryGetChars(ReadOnlySpan<byte> bytes, Span<char> chars, out int charsWritten) =>
            System.Text.Unicode.Utf8.ToUtf16(bytes, chars, out _, out charsWritten, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done;
    }
}
