using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Ums.Testing;

namespace Ums.Benchmarks;

/// <summary>The sign-in page, the PIN path with and without the broker, and the gateway beside a bare YARP proxy, on the whole system as ./run starts it.</summary>
internal static class SignIn
{
    private const string ApiCall = "api/organisations/stockholm";
    private const int Rounds = 5;

    // One machine presses as a whole country would, so what is counted per address, number and organisation is set out of the way. Nothing else is changed.
    internal static readonly Dictionary<string, string> Settings = new()
    {
        ["Gateway__PagesPerMinute"] = "10000000",
        ["Gateway__CallsPerMinute"] = "10000000",
        ["Gateway__SignInsPerMinute"] = "10000000",
        ["Gateway__TilesPerMinute"] = "10000000",
        ["Captcha__Work"] = "1",
        ["Captcha__CalmPerNetwork"] = "10000000",
        ["Pins__Limits__AskerPer10Minutes"] = "1000000",
        ["Pins__Limits__AskerPerHour"] = "1000000",
        ["Pins__Limits__AskerPerDay"] = "1000000",
        ["Pins__Limits__NetworkPer10Minutes"] = "10000000",
        ["Pins__Limits__NetworkPerHour"] = "10000000",
        ["Pins__Limits__NetworkPerDay"] = "10000000",
        ["Pins__Limits__PrefixPerHour"] = "10000000",
        ["Pins__Limits__PrefixPerDay"] = "10000000",
        ["Pins__Limits__OrganisationPerDay"] = "10000000",
        ["Pins__Limits__BudgetPerDay"] = "10000000",
    };

    public static async Task<int> RunAsync(Options options)
    {
        // What others do on this machine is in every figure; who compares two runs should know.
        var loadBefore = double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {loadBefore} before the start. Starting the system …"));
        await using var system = await RunningSystem.StartAsync(settings: Settings, durable: true);
        using var http = Client(system.Address);
        var idle = Usage.Memory(system);
        var rows = new List<(string What, Measured Measured)>();

        var page = () => OkAsync(http, "");
        await Load.ClosedAsync(options.Connections, TimeSpan.FromSeconds(5), page); // warm
        var pageClosed = Add("sign-in page, closed loop", await Load.ClosedAsync(options.Connections, options.Length, page));
        var pageOpen = Add($"sign-in page, {options.PageRate} a second", await Load.OpenAsync(options.PageRate, options.Length, page));

        await AskAsync(http, system, options, options.PinRate / 2, () => Task.CompletedTask); // warm
        var (answered, accepted) = await AskAsync(http, system, options, options.PinRate, () => Task.CompletedTask);
        Add($"PIN asked for, {options.PinRate} a second: answered", answered);
        Add("  accepted by the provider", accepted);
        var before = Usage.Processor(system);
        var pinClosed = Add("captcha and PIN, closed loop", await AskClosedAsync(http, system, options));
        var cost = Usage.Processor(system).ToDictionary(after => after.Key, after => Math.Round((after.Value - before[after.Key]) / pinClosed.Count, 1));
        var rss = Usage.Memory(system);
        var proxies = await CompareAsync(system, http, options, rows);

        var (answeredWithout, acceptedWithout) = await AskAsync(http, system, options, options.PinRate, () => KillBrokerAsync(system));
        Add($"PIN asked for, {options.PinRate} a second, broker killed: answered", answeredWithout);
        Add("  accepted by the provider", acceptedWithout);

        Print(rows, idle, rss, cost);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "signin",
            cores = Environment.ProcessorCount,
            load_before = loadBefore,
            page = Of(pageClosed),
            page_at_rate = Of(pageOpen),
            pin_answered = Of(answered),
            pin_accepted = Of(accepted),
            pin_closed = Of(pinClosed),
            pin_broker_killed_answered = Of(answeredWithout),
            pin_broker_killed_accepted = Of(acceptedWithout),
            gateway_per_second = Math.Round(proxies.Gateway),
            bare_yarp_per_second = Math.Round(proxies.Bare),
            direct_per_second = Math.Round(proxies.Direct),
            gateway_costs_times_bare_yarp = Math.Round(proxies.Ratio, 2),
            rss_mb = rss,
            cpu_ms_per_pin = cost,
        }));
        return rows.Any(row => row.Measured.Errors > 0) ? 1 : 0;

        Measured Add(string what, Measured measured)
        {
            rows.Add((what, measured));
            return measured;
        }
    }

    private static async Task<(Measured Answered, Measured Accepted)> AskAsync(HttpClient http, RunningSystem system, Options options, int rate, Func<Task> meanwhile)
    {
        var residents = new Resident(http);
        await residents.PrepareAsync((int)(rate * options.Length.TotalSeconds));
        var asking = Load.OpenAsync(rate, options.Length, residents.AskAsync);
        await Task.Delay(options.Length / 5);
        await meanwhile();
        var answered = await asking;
        Complain(residents);
        return (answered, await PinLedger.AcceptedAsync(system, residents.Asked, options.Length));
    }

    private static async Task<Measured> AskClosedAsync(HttpClient http, RunningSystem system, Options options)
    {
        var residents = new Resident(http);
        var measured = await Load.ClosedAsync(options.Connections, options.Length, residents.AskAsync);
        await PinLedger.AcceptedAsync(system, residents.Asked, options.Length);
        Complain(residents);
        return measured;
    }

    private static void Complain(Resident residents)
    {
        if (residents.FirstFault is { } fault)
        {
            Console.WriteLine($"A PIN was refused: {fault}");
        }
    }

    private static Task KillBrokerAsync(RunningSystem system) => system.KillAsync("rabbitmq");

    /// <summary>The same API call to the service itself, through bare YARP and through the gateway, turn by turn, so that the machine's moods hit all three.</summary>
    private static async Task<(double Gateway, double Bare, double Direct, double Ratio)> CompareAsync(
        RunningSystem system, HttpClient gateway, Options options, List<(string, Measured)> rows)
    {
        var identity = new Uri(system.AddressOf("identity"));
        await using var proxy = await BareProxy.StartAsync(identity);
        using var direct = Client(identity);
        using var bare = Client(proxy.Address);
        var length = options.Length / Rounds;
        var rounds = new List<Measured[]>();
        for (var round = 0; round <= Rounds; round++)
        {
            var three = new List<Measured>();
            foreach (var http in new[] { direct, bare, gateway })
            {
                three.Add(await Load.ClosedAsync(options.Connections, length, () => OkAsync(http, ApiCall)));
            }
            if (round > 0) // the first warms
            {
                rounds.Add([.. three]);
            }
        }
        string[] names = ["API call straight to Identity", "  through bare YARP", "  through the gateway"];
        for (var i = 0; i < names.Length; i++)
        {
            rows.Add((names[i], Middle(rounds.Select(round => round[i]))));
        }
        return (Middle(rounds.Select(r => r[2])).PerSecond, Middle(rounds.Select(r => r[1])).PerSecond, Middle(rounds.Select(r => r[0])).PerSecond,
            rounds.Select(round => round[1].PerSecond / round[2].PerSecond).Order().ElementAt(rounds.Count / 2));
    }

    private static Measured Middle(IEnumerable<Measured> rounds) => rounds.OrderBy(round => round.PerSecond).ElementAt(Rounds / 2);

    private static HttpClient Client(Uri address) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    private static async Task<bool> OkAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    internal static object Of(Measured measured) => new
    {
        per_second = Math.Round(measured.PerSecond, 1),
        p50_ms = Math.Round(measured.P50, 1),
        p99_ms = Math.Round(measured.P99, 1),
        worst_ms = Math.Round(measured.Worst, 1),
        count = measured.Count,
        errors = measured.Errors,
    };

    private static void Print(List<(string What, Measured Measured)> rows, Dictionary<string, double> idle, Dictionary<string, double> rss, Dictionary<string, double> cost)
    {
        AnsiConsole.Profile.Width = 140;
        var table = new Table().Border(TableBorder.Markdown).AddColumns("", "a second", "p50 ms", "p99 ms", "worst ms", "errors");
        foreach (var (what, m) in rows)
        {
            table.AddRow(what, Number(m.PerSecond), Number(m.P50), Number(m.P99), Number(m.Worst), m.Errors.ToString(CultureInfo.InvariantCulture));
        }
        AnsiConsole.Write(table);
        var memory = new Table().Border(TableBorder.Markdown).AddColumns("", "MB just started", "MB after the sign-ins", "processor ms per captcha and PIN");
        foreach (var (name, megabytes) in rss)
        {
            memory.AddRow(name, Number(idle[name]), Number(megabytes), Number(cost[name]));
        }
        AnsiConsole.Write(memory);
    }

    private static string Number(double value) => value.ToString(value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
