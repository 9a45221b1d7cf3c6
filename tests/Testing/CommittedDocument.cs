using Xunit.Sdk;

namespace Ums.Testing;

/// <summary>
/// Documents that are generated from the code and committed, so that a change of a contract is seen in review. <c>UMS_WRITE_DOCUMENTS=1</c> before a test run
/// writes them instead of comparing.
/// </summary>
public static class CommittedDocument
{
    private const string WriteVariable = "UMS_WRITE_DOCUMENTS";

    /// <summary>The repository's root: the folder of Ums.slnx above this assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <param name="path">From the root, such as <c>docs/openapi/contacts.json</c>.</param>
    /// <param name="actual">What the code makes.</param>
    public static void AssertUpToDate(string path, string actual)
    {
        var file = Path.Combine(Root, path);
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }
        var committed = File.Exists(file) ? File.ReadAllText(file) : "";
        if (committed == actual)
        {
            return;
        }
        var (old, made) = (committed.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, made.Length)).First(i => old.ElementAtOrDefault(i) != made.ElementAtOrDefault(i));
        throw new XunitException($"""
            {path} is not what the code makes now. First difference, line {line + 1}:
            committed: {old.ElementAtOrDefault(line) ?? "(ends)"}
            made:      {made.ElementAtOrDefault(line) ?? "(ends)"}
            Where the change is meant: {WriteVariable}=1 ./test, then commit the file.
            """);
    }

    /// <summary>Compares the service's own OpenAPI document with <c>docs/openapi/{service}.json</c>.</summary>
    public static async Task AssertOpenApiUpToDateAsync(HttpClient client, string service) =>
        AssertUpToDate($"docs/openapi/{service}.json", await client.GetStringAsync(new Uri("/api/openapi", UriKind.Relative)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ums.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("Ums.slnx is in no folder above the tests.");
    }
}
