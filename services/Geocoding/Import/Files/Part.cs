using System.IO.Compression;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import.Files;

/// <summary>One file with rows: given as such, or out of an archive.</summary>
/// <param name="Name">For people. Nothing is ever written under it.</param>
/// <param name="Length">Unpacked, as far as is known beforehand; only for showing how far one is.</param>
internal sealed record Part(string Name, long Length, Func<Stream> Open, string? Path = null);

/// <summary>The parts of the files that an import was given, in their order.</summary>
internal static class Parts
{
    private const int Most = 4000;

    private static readonly string[] WithRows = [".csv", ".txt", ".gpkg", ".geojson", ".geojsonl", ".json", ".jsonl", ".ndjson"];
    private static readonly string[] Archives = [".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".xz", ".bz2", ".zst"];

    /// <exception cref="ImportException">A file is missing, damaged, or an archive within an archive.</exception>
    public static IReadOnlyList<Part> Of(IReadOnlyList<string> paths, UnpackingAllowance allowance)
    {
        List<Part> parts = [.. paths.SelectMany(path => OfFile(path, allowance))];
        return parts.Count switch
        {
            0 => throw new ImportException("There is no file with addresses in what was given."),
            > Most => throw new ImportException($"These are more than {Most} files."),
            _ => parts,
        };
    }

    private static List<Part> OfFile(string path, UnpackingAllowance allowance)
    {
        var beginning = new byte[4];
        long length;
        try
        {
            using var file = File.OpenRead(path);
            (_, length) = (file.ReadAtLeast(beginning, 4, throwOnEndOfStream: false), file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
        // By what is in it: a name says nothing.
        return beginning switch
        {
            [(byte)'P', (byte)'K', 3 or 5, 4 or 6] => OfZip(path, allowance),
            [0x1F, 0x8B, ..] => [new Part(Path.GetFileName(path), UnpackedLength(path), () => Unzip(path, length, allowance))],
            _ => [new Part(Path.GetFileName(path), length, () => File.OpenRead(path), path)],
        };
    }

    private static List<Part> OfZip(string path, UnpackingAllowance allowance)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (zip.Entries.Count > Most)
            {
                throw new ImportException($"{Path.GetFileName(path)} has more than {Most} files.");
            }
            if (zip.Entries.FirstOrDefault(entry => Has(entry, Archives)) is { } nested)
            {
                throw new ImportException($"{Path.GetFileName(path)} holds another archive, {Shown(nested)}; give that by itself.");
            }
            return [.. zip.Entries.Index().Where(entry => Has(entry.Item, WithRows)).Select(entry => new Part(
                $"{Path.GetFileName(path)}/{Shown(entry.Item)}", entry.Item.Length, () => OpenEntry(path, entry.Index, allowance)))];
        }
        catch (InvalidDataException e)
        {
            throw new ImportException($"{Path.GetFileName(path)} is a damaged archive.", e);
        }
    }

    // By its place, for two entries may have one name. The archive goes when the entry does.
    private static UnpackedStream OpenEntry(string path, int index, UnpackingAllowance allowance)
    {
        var zip = ZipFile.OpenRead(path);
        try
        {
            var entry = zip.Entries[index];
            return new UnpackedStream(new WithOwner(entry.Open(), zip), entry.CompressedLength, (uint)entry.Length, allowance);
        }
        catch (InvalidDataException e)
        {
            zip.Dispose();
            throw new ImportException($"{Path.GetFileName(path)} is a damaged archive.", e);
        }
    }

    private static UnpackedStream Unzip(string path, long length, UnpackingAllowance allowance) =>
        new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), length, UnpackedLength(path), allowance);

    // Its last four bytes say so, up to 4 GiB.
    private static uint UnpackedLength(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[4];
        file.Seek(-Math.Min(4, file.Length), SeekOrigin.End);
        _ = file.ReadAtLeast(bytes, 4, throwOnEndOfStream: false);
        return BitConverter.ToUInt32(bytes);
    }

    private static bool Has(ZipArchiveEntry entry, string[] extensions) =>
        extensions.Contains(Path.GetExtension(entry.FullName), StringComparer.OrdinalIgnoreCase);

    private static string Shown(ZipArchiveEntry entry)
    {
        var name = Path.GetFileName(entry.FullName.Replace('\\', '/'));
        return string.Concat(name.Where(character => !char.IsControl(character)).Take(100));
    }

    private sealed class WithOwner(Stream inner, IDisposable owner) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            owner.Dispose();
            base.Dispose(disposing);
        }
    }
}
