using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Ums.Benchmarks.Geocoding.Judging;

namespace Ums.Benchmarks.Geocoding;

/// <summary>Tables for people, and a last line for programs.</summary>
internal sealed class Report(int addresses)
{
    private readonly List<(Result Result, bool IsPeer)> results = [];

    public void Add(Result result, bool isPeer) => results.Add((result, isPeer));

    public void Print()
    {
        AnsiConsole.Profile.Width = 180;
        PrintEngines();
        foreach (var set in results.SelectMany(one => one.Result.Sets.Keys).Distinct())
        {
            PrintSet(set);
        }

        foreach (var set in results.SelectMany(one => one.Result.Sets.Keys).Distinct())
        {
            PrintKinds(set);
        }

        Console.WriteLine(Json().ToJsonString());
    }

    private void PrintEngines()
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("", "ready after s", "holds MB", "process MB");
        foreach (var (result, _) in results)
        {
            table.AddRow(result.Engine, Text(result.LoadSeconds, "0.0"), Text(result.Megabytes, "0"), Text(result.ProcessMegabytes, "0"));
        }

        AnsiConsole.Write(table);
    }

    private void PrintSet(string set)
    {
        var table = new Table().Border(TableBorder.Markdown)
            .AddColumns(set, "queries", "right at 1", "right at 5", "wrong A", "precision A", "precision B", "a second", "on two threads", "p50 µs", "p99 µs", "processor µs");
        foreach (var (result, score, timing) in Of(set))
        {
            table.AddRow(result.Engine, Text(score.Count, "0"), Text(score.RecallAt1, "0.0000"), Text(score.RecallAt5, "0.0000"), Text(score.WrongA, "0"), Text(score.PrecisionA, "0.00000"),
                Text(score.PrecisionB, "0.0000"), Text(timing.PerSecond1, "0.0"), Text(timing.PerSecond2, "0.0"), Text(timing.P50Microseconds, "0"), Text(timing.P99Microseconds, "0"),
                Text(timing.ProcessorMicroseconds, "0"));
        }

        AnsiConsole.Write(table);
    }

    private void PrintKinds(string set)
    {
        var of = Of(set).ToList();
        var table = new Table().Border(TableBorder.Markdown).AddColumn($"{set}: right at 1");
        of.ForEach(one => table.AddColumn(one.Result.Engine));
        foreach (var kind in of.SelectMany(one => one.Score.ByKind.Keys).Distinct())
        {
            table.AddRow([kind, .. of.Select(one => one.Score.ByKind.TryGetValue(kind, out var found) ? $"{Text(found.RecallAt1, "0.000")} of {found.Count}" : "")]);
        }

        AnsiConsole.Write(table);
    }

    private IEnumerable<(Result Result, Score Score, Timing Timing)> Of(string set) =>
        results.Where(one => one.Result.Sets.ContainsKey(set)).Select(one => (one.Result, one.Result.Sets[set].Score, one.Result.Sets[set].Timing));

    private JsonObject Json()
    {
        var ours = results.Where(one => !one.IsPeer).Select(one => one.Result).FirstOrDefault();
        return new JsonObject
        {
            ["addresses"] = addresses,
            ["load_s"] = Number(ours?.LoadSeconds, 2),
            ["memory_mb"] = Number(ours?.Megabytes, 1),
            ["main"] = Json(ours, "main"),
            ["brutal"] = Json(ours, "brutal"),
            ["peers"] = new JsonObject(results.Where(one => one.IsPeer)
                .Select(one => KeyValuePair.Create(one.Result.Engine, (JsonNode?)new JsonObject { ["main"] = Json(one.Result, "main"), ["brutal"] = Json(one.Result, "brutal") }))),
        };
    }

    private static JsonObject? Json(Result? result, string set)
    {
        if (result is null || !result.Sets.TryGetValue(set, out var measured))
        {
            return null;
        }

        var (score, timing) = measured;
        return new JsonObject
        {
            ["qps_1"] = Number(timing.PerSecond1, 1),
            ["qps_2"] = Number(timing.PerSecond2, 1),
            ["p50_us"] = Number(timing.P50Microseconds, 1),
            ["p99_us"] = Number(timing.P99Microseconds, 1),
            ["cpu_us"] = Number(timing.ProcessorMicroseconds, 1),
            ["recall_at_1"] = Number(score.RecallAt1, 5),
            ["recall_at_5"] = Number(score.RecallAt5, 5),
            ["wrong_a"] = score.WrongA,
            ["precision_a"] = Number(score.PrecisionA, 6),
            ["precision_b"] = Number(score.PrecisionB, 5),
            ["by_kind"] = new JsonObject(score.ByKind.Select(kind => KeyValuePair.Create(
                kind.Key, (JsonNode?)new JsonObject { ["recall_at_1"] = Number(kind.Value.RecallAt1, 4), ["n"] = kind.Value.Count }))),
        };
    }

    private static JsonValue? Number(double? value, int digits) => value is { } number ? JsonValue.Create(Math.Round(number, digits)) : null;

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
