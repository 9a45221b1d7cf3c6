using System.IO.Compression;
using Ums.ServiceDefaults.Files;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>A row of a file: read, or why not. What it says of its key and address is kept for the list of refused rows.</summary>
internal sealed record FileRow(long Line, RegisterRow? Row, string? Fault, string[]? Shown);

/// <summary>
/// Reads a register's file row by row, in memory that does not grow: packed or not, in any of the encodings that <see cref="TextEncoding"/> knows, CSV or NDJSON.
/// What is wrong with a row refuses the row; what makes the whole doubtful ends the reading.
/// </summary>
internal static class RegisterFile
{
    /// <exception cref="UnusableFileException"/>
    public static IEnumerable<FileRow> Read(UploadStream upload, UploadTurn turn, UploadOptions options)
    {
        var beginning = new byte[4];
        var length = upload.ReadAtLeast(beginning, 4, throwOnEndOfStream: false);
        Stream stream = new PrefixedStream(beginning.AsMemory(0, length), upload);
        switch (beginning)
        {
            case [0x1F, 0x8B, ..]:
                stream = new UnpackedStream(new GZipStream(stream, CompressionMode.Decompress), turn.Bytes, upload.Trailer(), new UnpackingAllowance(options.MaxUnpackedBytes, options.MaxRatio));
                break;
            case [(byte)'P', (byte)'K', ..] or [(byte)'7', (byte)'z', ..] or [0x28, 0xB5, 0x2F, 0xFD] or [0xFD, (byte)'7', ..] or [(byte)'B', (byte)'Z', (byte)'h', ..]:
                throw new UnusableFileException("packed-otherwise");
        }
        using var lines = Open(stream);
        IRegisterFormat format = turn.Format == "csv" ? new CsvRegister() : new JsonRegister();
        var rows = 0L;
        while (Next(lines))
        {
            if (lines.Fault is null && lines.Text.IsWhiteSpace())
            {
                continue;
            }
            if (format.IsHeader(lines))
            {
                continue;
            }
            if (++rows > options.MaxRows)
            {
                throw new UnusableFileException("too-many-rows", lines.Line);
            }
            yield return lines.Fault is { } fault ? new FileRow(lines.Line, null, fault, null) : format.Read(lines.Line, lines.Text);
        }
        if (rows == 0)
        {
            // A complete register without anyone would remove everyone.
            throw new UnusableFileException("no-rows");
        }
        if (format.IsCutShort)
        {
            throw new UnusableFileException("cut-short", lines.Line);
        }
    }

    private static LineReader Open(Stream stream) => Guarded(() => TextEncoding.Open(stream));

    private static bool Next(LineReader lines) => Guarded(lines.Next);

    /// <summary>The words of the reader are for a terminal; here each has a stable one.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ImportException e)
        {
            throw new UnusableFileException(e.InnerException is null && !e.Message.Contains("damaged", StringComparison.Ordinal) ? "unpacks-too-far" : "damaged-archive");
        }
        catch (InvalidDataException)
        {
            throw new UnusableFileException("damaged-archive");
        }
    }
}

/// <summary>How a line becomes a row.</summary>
internal interface IRegisterFormat
{
    /// <summary>True where the line is no row but says what the rows are; the format remembers it.</summary>
    /// <exception cref="UnusableFileException">The rows could not be understood.</exception>
    bool IsHeader(LineReader lines);

    FileRow Read(long line, ReadOnlySpan<char> text);

    /// <summary>Whether the last row breaks off in the middle.</summary>
    bool IsCutShort { get; }
}
