using System.Globalization;
using Ums.Testing;

namespace Ums.Benchmarks;

/// <summary>
/// What each resource uses, as the kernel counts it. PostgreSQL and RabbitMQ are many processes, so they are counted with all their children.
/// </summary>
internal static class Usage
{
    private const double MillisecondsPerTick = 10;

    /// <returns>MB of memory by resource, shared pages in proportion.</returns>
    public static Dictionary<string, double> Memory(RunningSystem system) =>
        RunningSystem.Resources.ToDictionary(name => name, name => Memory(system.ProcessOf(name)));

    /// <returns>MB of a process with its children.</returns>
    public static double Memory(int process) => Math.Round(Tree(process).Sum(Megabytes));

    /// <returns>Milliseconds of processor time so far by resource. What else the machine does tells in it far less than in a rate.</returns>
    public static Dictionary<string, double> Processor(RunningSystem system) =>
        RunningSystem.Resources.ToDictionary(name => name, name => Processor(system.ProcessOf(name)));

    /// <returns>Milliseconds of a process with its children.</returns>
    public static double Processor(int process) => Tree(process).Sum(Milliseconds);

    private static IEnumerable<int> Tree(int process) => [process, .. Children(process).SelectMany(Tree)];

    private static IEnumerable<int> Children(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .SelectMany(task => Read(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static double Megabytes(int process) => Read($"/proc/{process}/smaps_rollup").Split('\n')
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[4..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024);

    private static double Milliseconds(int process)
    {
        // After the name, which stands in brackets and may hold anything: field 14 is user time, 15 the kernel's, 16 and 17 those of children that ended.
        var fields = Read($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        return fields.Length < 15 ? 0 : MillisecondsPerTick * fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
    }

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
