namespace Ums.ServiceDefaults.Files;

/// <summary>What comes out of an archive, counted as it comes: what the archive says of itself is not believed.</summary>
/// <param name="packed">Bytes that it takes in the archive.</param>
/// <param name="length">What the archive says that it unpacks to, in 32 bits: an archive that breaks off would else be read as a shorter one.</param>
/// <param name="allowance">Shared by all that is unpacked in one import.</param>
public sealed class UnpackedStream(Stream inner, long packed, uint length, UnpackingAllowance allowance) : ReadOnlyStream
{
    private long unpacked;

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new ImportException("The archive is damaged.", e);
        }
        unpacked += read;
        if (read == 0 && buffer.Length > 0 && (uint)unpacked != length)
        {
            throw new ImportException("The archive is damaged: it breaks off.");
        }
        allowance.Take(read, unpacked, packed);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>How much may come out of archives: in all, and by how many times a part may grow.</summary>
public sealed class UnpackingAllowance(long most, int ratio)
{
    /// <summary>Small files of many like rows pack well beyond the ratio and harm nobody.</summary>
    private const long AlwaysAllowed = 16 * 1024 * 1024;

    private long used;

    public void Take(int read, long unpacked, long packed)
    {
        used += read;
        if (used > most)
        {
            throw new ImportException($"The archives unpack to more than {most / (1024 * 1024)} MiB.");
        }
        if (unpacked > AlwaysAllowed && unpacked / ratio > packed)
        {
            throw new ImportException($"A file in the archive unpacks to more than {ratio} times its size.");
        }
    }
}
