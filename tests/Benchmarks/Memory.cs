using System.Globalization;
using Ums.Testing;

namespace Ums.Benchmarks;

/// <summary>Resident memory as the kernel counts it.</summary>
internal static class Memory
{
    /// <returns>MB by resource. PostgreSQL and RabbitMQ are many processes, so they are counted with all their children, shared pages in proportion.</returns>
    public static Dictionary<string, double> Of(RunningSystem system) =>
        RunningSystem.Resources.ToDictionary(name => name, name => Math.Round(Tree(system.ProcessOf(name)).Sum(Megabytes)));

    private static IEnumerable<int> Tree(int process) => [process, .. Children(process).SelectMany(Tree)];

    private static IEnumerable<int> Children(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .SelectMany(task => Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static double Megabytes(int process) => Read($"/proc/{process}/smaps_rollup").Split('\n')
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[4..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }
}
