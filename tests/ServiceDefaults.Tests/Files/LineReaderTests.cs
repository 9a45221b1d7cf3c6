using System.Text;
using Ums.ServiceDefaults.Files;

namespace Ums.ServiceDefaults.Tests.Files;

public sealed class LineReaderTests
{
    private const string Swedish = "gata;ort\r\nÅsögatan;Örebro\nHäggatan;Älvkarleby";

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Swedish) },
        { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Swedish)] },
        { "Latin-1", Encoding.Latin1.GetBytes(Swedish) },
        { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Swedish)] },
        { "UTF-16, big end first", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Swedish)] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Swedish) },
        { "UTF-16, big end first, without a mark", Encoding.BigEndianUnicode.GetBytes(Swedish) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void every_encoding_is_recognised(string encoding, byte[] bytes)
    {
        Assert.NotEmpty(encoding);
        Assert.Equal(["gata;ort", "Åsögatan;Örebro", "Häggatan;Älvkarleby"], Lines(bytes).Select(line => line.Text));
    }

    [Fact]
    public void a_line_that_is_not_UTF_8_is_said_to_be_so_and_the_next_is_read()
    {
        byte[] bytes = [.. "Åsögatan\n"u8, .. Encoding.Latin1.GetBytes("Häggatan\n"), .. "Älvgatan\n"u8];
        Assert.Equal([("Åsögatan", null), ("", "encoding"), ("Älvgatan", null)], Lines(bytes));
    }

    [Fact]
    public void a_line_of_a_gigabyte_is_passed_over_in_little_memory()
    {
        using var lines = TextEncoding.Open(new LongLine(1L << 30));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.True(lines.Next());
        Assert.Equal("before", lines.Text.ToString());
        Assert.True(lines.Next());
        Assert.Equal("line-too-long", lines.Fault);
        Assert.True(lines.Next());
        Assert.Equal(("after", 3L), (lines.Text.ToString(), lines.Line));
        Assert.False(lines.Next());
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 50_000_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void reading_goes_on_where_it_stopped(int read)
    {
        var bytes = Encoding.UTF8.GetBytes("ett\r\ntvå\n\ntre\nfyra");
        using var first = TextEncoding.Open(new MemoryStream(bytes));
        for (var i = 0; i < read; i++)
        {
            Assert.True(first.Next());
        }
        using var second = TextEncoding.Open(new MemoryStream(bytes));
        second.SkipTo(first.Position, first.Line);
        Assert.Equal(first.Next(), second.Next());
        Assert.Equal((first.Text.ToString(), first.Line, first.Position), (second.Text.ToString(), second.Line, second.Position));
    }

    [Fact]
    public void a_file_that_became_shorter_is_not_gone_on_with()
    {
        using var lines = TextEncoding.Open(new MemoryStream("ett\n"u8.ToArray()));
        Assert.Throws<ImportException>(() => lines.SkipTo(100, 5));
    }

    [Theory]
    [InlineData(LineReader.Longest, null)]
    [InlineData(LineReader.Longest + 1, "line-too-long")]
    [InlineData(LineReader.Longest * 4, "line-too-long")]
    public void the_longest_line_is_read_and_no_longer_one(int length, string? fault) =>
        Assert.Equal([("", fault), ("x", null)], Lines([.. Encoding.ASCII.GetBytes(new string(' ', length)), .. "\nx"u8]).Select(line => (line.Text.Trim(), line.Fault)));

    private static List<(string Text, string? Fault)> Lines(byte[] bytes)
    {
        using var reader = TextEncoding.Open(new MemoryStream(bytes));
        var lines = new List<(string, string?)>();
        while (reader.Next())
        {
            lines.Add((reader.Text.ToString(), reader.Fault));
        }
        return lines;
    }

    /// <summary>"before", a line of so many bytes, "after"; made as it is read.</summary>
    private sealed class LongLine(long length) : ReadOnlyStream
    {
        private static readonly byte[] Before = "before\n"u8.ToArray(), After = "\nafter"u8.ToArray();
        private long at;

        public override int Read(Span<byte> buffer)
        {
            var end = Before.Length + length;
            if (at < Before.Length)
            {
                return Copy(Before.AsSpan((int)at), buffer);
            }
            if (at >= end)
            {
                return Copy(After.AsSpan((int)(at - end)), buffer);
            }
            var count = (int)Math.Min(buffer.Length, end - at);
            buffer[..count].Fill((byte)'x');
            at += count;
            return count;
        }

        private int Copy(ReadOnlySpan<byte> from, Span<byte> to)
        {
            var count = Math.Min(from.Length, to.Length);
            from[..count].CopyTo(to);
            at += count;
            return count;
        }
    }
}
