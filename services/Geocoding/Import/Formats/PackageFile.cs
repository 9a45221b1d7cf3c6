using Ums.Geocoding.Import.Files;

namespace Ums.Geocoding.Import.Formats;

/// <summary>A part as a file, which SQLite must have: out of an archive under a name of ours, gone when read.</summary>
internal sealed class PackageFile : IDisposable
{
    private readonly bool ours;

    private PackageFile(string path, bool ours) => (Path, this.ours) = (path, ours);

    public string Path { get; }

    public static PackageFile Of(Part part, string scratch)
    {
        if (part.Path is { } path)
        {
            return new PackageFile(path, ours: false);
        }
        Directory.CreateDirectory(scratch);
        var file = new PackageFile(System.IO.Path.Combine(scratch, $"{Guid.CreateVersion7():N}.gpkg"), ours: true);
        try
        {
            using var packed = part.Open();
            using var unpacked = File.Create(file.Path);
            packed.CopyTo(unpacked);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (ours)
        {
            File.Delete(Path);
        }
    }
}
