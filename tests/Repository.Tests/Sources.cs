using System.Reflection;
using Ums.Testing;

namespace Ums.Repository.Tests;

/// <summary>The repository as files and as assemblies.</summary>
internal static class Sources
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", ".local", ".vs", "TestResults", "wwwroot", "artifacts"];

    /// <summary>Resource names of the services; the gateway is apart.</summary>
    public static IReadOnlyList<string> Services { get; } = ["contacts", "geocoding", "identity", "notifier"];

    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Services.Append("gateway").Select(AssemblyOf)];

    public static string Root => CommittedDocument.Root;

    public static Assembly AssemblyOf(string service) => Assembly.Load($"Ums.{char.ToUpperInvariant(service[0])}{service[1..]}");

    public static string FolderOf(string service) => service == "gateway" ? "gateway" : $"services/{char.ToUpperInvariant(service[0])}{service[1..]}";

    /// <summary>Every file that people wrote below <paramref name="folder"/>, relative to the root.</summary>
    public static IEnumerable<string> Files(string folder = "", params string[] extensions) => Walk(new DirectoryInfo(Path.Combine(Root, folder)))
        .Where(file => extensions.Length == 0 || extensions.Contains(file.Extension))
        .Select(file => Path.GetRelativePath(Root, file.FullName))
        .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => folder.EnumerateFiles()
        .Concat(folder.EnumerateDirectories().Where(below => !NotOurs.Contains(below.Name)).SelectMany(Walk));
}
