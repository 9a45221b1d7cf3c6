using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Spectre.Console;
using Ums.Benchmarks.Geocoding;
using Ums.Testing;
using Ums.Testing.Alerts;

namespace Ums.Benchmarks.Alert;

/// <summary>
/// An alert from approval to the last provider id on disk, by the real services, broker and database, to a provider's double in a process of its own; beside it
/// the same double driven by nothing but an HttpClient, and residents who ask for PINs meanwhile.
/// </summary>
internal static class AlertRun
{
    private const string Organisation = "stockholm";
    private static readonly TimeSpan RawLength = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var recipients = arguments.Number("recipients", 1_000_000);
        var pinRate = arguments.Number("pin-rate", 20);
        var receipts = arguments.Text("receipts") ?? "off";
        var kill = arguments.Text("kill");
        var dispatchers = arguments.Text("dispatchers");
        var statements = arguments.Text("statements") is not null;
        arguments.NoMore();

        var load = double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {load} before the start. Starting the system …"));
        await using var provider = await ProviderProcess.StartAsync("--receipts", receipts == "after" ? "off" : receipts);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var settings = new Dictionary<string, string>([
            .. SignIn.Settings, .. provider.Settings, .. AlertOperators.Settings(Organisation), new("Keys__PersonalData", key),
            .. dispatchers is null ? Array.Empty<KeyValuePair<string, string>>() : [new("Dispatch__Dispatchers", dispatchers)]]);
        await using var system = await RunningSystem.StartAsync(settings: settings, durable: true);
        using var http = new HttpClient { BaseAddress = system.Address, Timeout = TimeSpan.FromMinutes(5) };
        using var operators = new AlertOperators(new HttpClient { BaseAddress = system.Address, Timeout = TimeSpan.FromMinutes(5) });

        Console.WriteLine($"Settling {recipients} people …");
        var organisation = (Guid)(await OneAsync(system.ConnectionString("identitydb"), $"select id from organisations where slug = '{Organisation}'"))!;
        await new Crowd(system.ConnectionString("contactsdb"), key, organisation).SettleAsync(recipients);

        if (statements)
        {
            await Statements.WatchAsync(system);
        }
        var raw = await RawClient.PerSecondAsync(provider, RawLength);
        var before = await provider.CountAsync();
        var residents = new Resident(http);
        await residents.PrepareAsync(pinRate * 30);
        var (id, submitted) = await operators.SubmitAsync(AlertOperators.ToTheCrowd());
        Console.WriteLine($"Submitted: reaches {submitted.GetProperty("expected").GetInt32()}. Approving …");
        var processor = Usage.Processor(system);
        var started = DateTimeOffset.UtcNow;
        await operators.ApproveAsync(id, submitted);
        using var over = new CancellationTokenSource();
        var asking = pinRate > 0 ? Load.OpenAsync(pinRate, TimeSpan.FromHours(1), residents.AskAsync, over.Token) : Task.CompletedTask;
        if (kill is not null)
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
            await system.KillAsync(kill);
        }
        var watch = await FollowAsync(operators, id, recipients, started);
        await over.CancelAsync();
        await asking;
        var cost = Usage.Processor(system).ToDictionary(after => after.Key, after => after.Value - processor[after.Key]);
        var rss = Usage.Memory(system);
        rss["double"] = Usage.Memory(provider.Id);
        var pins = pinRate > 0 ? await PinLedger.AcceptedAsync(system, residents.Asked, watch.Took) : null;

        if (statements)
        {
            await Statements.PrintAsync(system);
        }
        var result = await JudgeAsync(system, provider, id, recipients, before);
        var afterwards = receipts == "after" ? await Receipts.BringAsync(system, provider, operators, id, before) : ((Measured Answered, int Delivered)?)null;
        var perThousand = Math.Round(cost.Values.Sum() / 1000 / recipients * 1000, 3);
        Print(recipients, watch.Took, result, raw, cost, rss, pins, afterwards);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "alert",
            recipients,
            seconds = Math.Round(watch.Took.TotalSeconds, 1),
            per_second = Math.Round(recipients / watch.Took.TotalSeconds),
            first_handed_over_ms = Math.Round(result.First.TotalMilliseconds),
            lost = result.Lost,
            duplicates = result.Duplicates,
            cpu_s_per_1000 = perThousand,
            cpu_s_per_1000_by = cost.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value / 1000 / recipients * 1000, 4)),
            rss_mb = rss,
            pin_rate = pinRate,
            pin_p50_ms = pins is null ? (double?)null : Math.Round(pins.P50, 1),
            pin_p99_ms = pins is null ? (double?)null : Math.Round(pins.P99, 1),
            pin_count = pins?.Count,
            raw_http_per_second = Math.Round(raw),
            receipts,
            receipts_per_second = afterwards is { } brought ? Math.Round(brought.Answered.PerSecond) : (double?)null,
            receipts_p99_ms = afterwards is { } answered ? Math.Round(answered.Answered.P99, 1) : (double?)null,
            delivered = afterwards?.Delivered,
            load_before = load,
        }));
        return result.Lost == 0 ? 0 : 1;
    }

    /// <summary>Until everyone is handed over; says how far it is each few seconds.</summary>
    private static async Task<(TimeSpan Took, JsonElement Last)> FollowAsync(AlertOperators operators, Guid id, int recipients, DateTimeOffset started)
    {
        var said = Stopwatch.StartNew();
        while (true)
        {
            var alert = await operators.ReadAsync(id);
            if (alert.GetProperty("handedOverAt").ValueKind != JsonValueKind.Null)
            {
                return (alert.GetProperty("handedOverAt").GetDateTimeOffset() - alert.GetProperty("approvedAt").GetDateTimeOffset(), alert);
            }
            if (said.Elapsed > TimeSpan.FromSeconds(5))
            {
                said.Restart();
                var counts = alert.GetProperty("counts");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{(DateTimeOffset.UtcNow - started).TotalSeconds,6:0} s  {counts.GetProperty("handedOver").GetInt32(),9} of {recipients} handed over, {counts.GetProperty("recipients").GetInt32()} known"));
            }
            await Task.Delay(200);
        }
    }

    private sealed record Verdict(int Lost, int Duplicates, TimeSpan First);

    /// <summary>The double's ledger against the people who should have got it.</summary>
    private static async Task<Verdict> JudgeAsync(RunningSystem system, ProviderProcess provider, Guid id, int recipients, long before)
    {
        var reached = new int[recipients];
        await foreach (var line in provider.ReadAsync())
        {
            if (line.N > before && Crowd.NumberOf(line.To) is { } n && n < recipients)
            {
                reached[n]++;
            }
        }
        var first = (TimeSpan)(await OneAsync(system.ConnectionString("notifierdb"),
            $"select (select min(ended_at) from alert_attempts where alert_id = '{id}') - approved_at from alerts where id = '{id}'"))!;
        return new Verdict(reached.Count(n => n == 0), reached.Sum(n => Math.Max(0, n - 1)), first);
    }

    private static async Task<object?> OneAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static void Print(int recipients, TimeSpan took, Verdict verdict, double raw, Dictionary<string, double> cost, Dictionary<string, double> rss, Measured? pins, (Measured Answered, int Delivered)? receipts)
    {
        AnsiConsole.Profile.Width = 140;
        var table = new Table().Border(TableBorder.Markdown).AddColumns("", "");
        table.AddRow("recipients", $"{recipients}");
        table.AddRow("handed over in", Number(took.TotalSeconds) + " s");
        table.AddRow("a second", Number(recipients / took.TotalSeconds));
        table.AddRow("bare HttpClient, a second", Number(raw));
        table.AddRow("first one after", Number(verdict.First.TotalMilliseconds) + " ms");
        table.AddRow("lost, twice", $"{verdict.Lost}, {verdict.Duplicates}");
        if (pins is not null)
        {
            table.AddRow("PINs meanwhile, p50 and p99", $"{Number(pins.P50)} and {Number(pins.P99)} ms of {pins.Count}");
        }
        if (receipts is { } brought)
        {
            table.AddRow("receipts afterwards, a second", $"{Number(brought.Answered.PerSecond)}, {brought.Answered.Errors} refused");
            table.AddRow("  answered, p50 and p99", $"{Number(brought.Answered.P50)} and {Number(brought.Answered.P99)} ms");
            table.AddRow("  delivered by then", $"{brought.Delivered}");
        }
        AnsiConsole.Write(table);
        var parts = new Table().Border(TableBorder.Markdown).AddColumns("", "processor s per 1,000", "MB afterwards");
        foreach (var (name, megabytes) in rss)
        {
            parts.AddRow(name, cost.TryGetValue(name, out var ms) ? (ms / recipients).ToString("0.000", CultureInfo.InvariantCulture) : "", Number(megabytes));
        }
        AnsiConsole.Write(parts);
    }

    private static string Number(double value) => value.ToString(value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
