namespace Ums.ServiceDefaults.Files;

/// <summary>A stream whose beginning has been looked at already.</summary>
public sealed class PrefixedStream(ReadOnlyMemory<byte> beginning, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> beginning = beginning;

    public override int Read(Span<byte> buffer)
    {
        if (beginning.IsEmpty)
        {
            return rest.Read(buffer);
        }
        var length = Math.Min(buffer.Length, beginning.Length);
        beginning.Span[..length].CopyTo(buffer);
        beginning = beginning[length..];
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        rest.Dispose();
        base.Dispose(disposing);
    }
}
