using System.Globalization;

namespace Ums.Local.Tests.Processes;

/// <summary>What the kernel knows of other processes.</summary>
internal static class ProcessTable
{
    /// <summary>A zombie that waits for its parent runs no longer.</summary>
    public static bool IsRunning(int process) => Stat(process)[0] != "Z";

    public static int Session(int process) => int.Parse(Stat(process)[3], CultureInfo.InvariantCulture);

    /// <summary>Empty for one that is gone.</summary>
    public static string Name(int process) => Read(process, "comm")?.Trim() ?? "";

    public static IReadOnlyList<int> Descendants(int ancestor)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var process) ? process : 0)
            .Where(process => process > 0)
            .ToDictionary(process => process, process => int.Parse(Stat(process)[1], CultureInfo.InvariantCulture));
        return [.. parents.Keys.Where(IsBelow)];

        bool IsBelow(int process) => parents.TryGetValue(process, out var parent) && (parent == ancestor || (parent > 1 && IsBelow(parent)));
    }

    // State, parent, group, session: the fields after the command's name. Who is gone counts as a zombie of nobody.
    private static string[] Stat(int process) => Read(process, "stat")?.Split(") ")[^1].Split(' ') ?? ["Z", "0", "0", "0"];

    // A process may end between any two questions, and in the middle of one.
    private static string? Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
