using System.Globalization;
using Spectre.Console;

namespace Ums.Faults;

/// <summary>Drives faults during alerts and prints what each did. Ends with 1 where an invariant broke; the same seed breaks at the same moments.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (args.Length % 2 != 0 || options.Keys.Except(["--recipients", "--seed", "--only"]).Any())
        {
            Console.Error.WriteLine("""
                Usage: dotnet run -c Release --project tests/Faults -- [options]
                  --recipients N   of each alert (20000)
                  --seed S         decides when the faults strike (the clock)
                  --only A,B       only these faults; without it all of them:
                """);
            foreach (var fault in FaultList.All)
            {
                Console.Error.WriteLine($"    {fault.Name,-28} {fault.What}");
            }
            return 2;
        }
        var recipients = int.Parse(options.GetValueOrDefault("--recipients", "20000"), CultureInfo.InvariantCulture);
        var seed = int.Parse(options.GetValueOrDefault("--seed", $"{Environment.TickCount64 % 1_000_000}"), CultureInfo.InvariantCulture);
        var only = options.GetValueOrDefault("--only")?.Split(',');
        var faults = FaultList.All.Where(fault => only is null || only.Contains(fault.Name)).ToList();

        Console.WriteLine($"Seed {seed}, {recipients} recipients, {faults.Count} faults. Starting the system …");
        await using var world = await FaultWorld.StartAsync(recipients);
        var verdicts = new List<Verdict>();
        foreach (var (fault, i) in FaultList.All.Select((fault, i) => (fault, i)).Where(pair => faults.Contains(pair.fault)))
        {
            // By its place in the whole list, so that it strikes at the same moment when driven alone.
            var verdict = await world.DriveAsync(fault, recipients, new Random(unchecked((seed * 397) + i)));
            Console.WriteLine($"{fault.Name}: {(verdict.Broken.Count == 0 ? "held" : string.Join("; ", verdict.Broken))}");
            verdicts.Add(verdict);
        }
        Print(verdicts);
        var audits = await world.AuditFaultsAsync();
        Console.WriteLine(audits.Count == 0 ? "The audits of identity, contacts and notifier hold, and a changed row was found." : string.Join('\n', audits));
        return audits.Count > 0 || verdicts.Exists(verdict => verdict.Broken.Count > 0) ? 1 : 0;
    }

    private static void Print(List<Verdict> verdicts)
    {
        AnsiConsole.Profile.Width = 200;
        var table = new Table().Border(TableBorder.Markdown).AddColumns("fault", "what", "lost", "twice", "resent (counted)", "again under way after", "done after", "invariants");
        foreach (var verdict in verdicts)
        {
            table.AddRow(verdict.Fault, Markup.Escape(verdict.What), $"{verdict.Lost}", $"{verdict.Twice}", $"{verdict.Resent}", Seconds(verdict.Resumed), Seconds(verdict.Done),
                verdict.Broken.Count == 0 ? "held" : Markup.Escape(string.Join("; ", verdict.Broken)));
        }
        AnsiConsole.Write(table);
    }

    private static string Seconds(TimeSpan? time) => time is { } known ? known.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s" : "-";
}
