using SharpFuzz;
using Ums.Fuzz;

// Under afl-fuzz, which feeds the standard input: Ums.Fuzz TARGET. By itself, with mutations of its own: Ums.Fuzz TARGET SECONDS [SEED].
switch (args)
{
    case [var name] when Targets.ByName.TryGetValue(name, out var target):
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            target(copy.ToArray());
        });
        return 0;
    case [var name, var seconds, .. var seed] when Targets.ByName.TryGetValue(name, out var target) && int.TryParse(seconds, out var limit):
        var mutations = new Mutations(name, seed is [var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : Environment.TickCount);
        Console.WriteLine($"{name}: {mutations.Run(target, TimeSpan.FromSeconds(limit))} inputs of seed {mutations.Seed}, and nothing left the parser but its own refusals");
        return 0;
    default:
        Console.Error.WriteLine($"Usage: Ums.Fuzz {string.Join('|', Targets.ByName.Keys)} [SECONDS [SEED]]");
        return 2;
}
