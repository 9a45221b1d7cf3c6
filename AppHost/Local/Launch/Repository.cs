namespace Ums.Local.Launch;

internal static class Repository
{
    /// <summary>The folder of Ums.slnx, above this program.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string from)
    {
        for (var directory = new DirectoryInfo(from); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Ums.slnx")))
                return directory.FullName;
        }
        throw new LaunchException($"No Ums.slnx above {from}: the launcher starts what lies in its own repository.");
    }
}
