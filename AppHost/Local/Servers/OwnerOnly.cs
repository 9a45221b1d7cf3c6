namespace Ums.Local.Servers;

/// <summary>Files that hold secrets.</summary>
internal static class OwnerOnly
{
    /// <summary>Replaces the file as a whole: a reader sees the old text or the new one.</summary>
    public static async Task WriteAsync(string file, string text)
    {
        var next = $"{file}.{Guid.NewGuid():N}";
        await using (var stream = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        await using (var writer = new StreamWriter(stream))
            await writer.WriteAsync(text);
        File.Move(next, file, overwrite: true);
    }
}
