using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Spectre.Console;
using Ums.Benchmarks.Geocoding;
using Ums.Benchmarks.Geocoding.Country;
using Ums.Testing;

namespace Ums.Benchmarks.Import;

/// <summary>
/// A public register brought in as an operator does it, through the gateway of the whole system: sent, read, matched and staged, approved, merged. Beside it a bare
/// COPY of the same rows into a table without an index, on the same server.
/// </summary>
internal static class ImportPeople
{
    private const string Client = "benchmark";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private sealed record Measured(double Sent, double Ready, double Done, double Copy, JsonElement Upload, Dictionary<string, double> Memory, Dictionary<string, double> Processor);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (people, seed) = (arguments.Number("people", 100_000), arguments.Number("seed", 1));
        var homes = arguments.Number("addresses", Math.Max(people * 9 / 20, 1000));
        var statements = arguments.Text("statements") is not null;
        arguments.NoMore();
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        var directory = Directory.CreateTempSubdirectory("ums-people-").FullName;
        try
        {
            List<Row> addresses = [.. MakeCountry.Rows(homes, 0, (ulong)seed)];
            var (addressFile, peopleFile) = (Path.Combine(directory, "addresses.csv"), Path.Combine(directory, "people.csv"));
            AddressFile.Write(addressFile, addresses);
            PeopleFile.Write(peopleFile, addresses, people, seed);
            Console.WriteLine($"{Environment.ProcessorCount} cores, load {load}; {people} people at {addresses.Count} addresses. Starting the system …");
            var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
            await using var system = await RunningSystem.StartAsync(durable: true, settings: new Dictionary<string, string>(SignIn.Settings)
            {
                [$"ApiClients__External__{Client}__Secret"] = secret,
                [$"ApiClients__External__{Client}__Scopes"] = "register.import address.read",
                [$"ApiClients__External__{Client}__Organisation"] = "pitea",
            });
            await CoverAsync(system, [.. addresses.Select(address => address.MunicipalityCode).Distinct()]);
            await ImportIntoRunning.RunAsync(system, addressFile);
            using var gateway = new HttpClient { BaseAddress = system.Address, Timeout = Patience };
            gateway.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(gateway, secret));
            using (var geocoding = new HttpClient { BaseAddress = new Uri(system.AddressOf("geocoding")) })
            {
                geocoding.DefaultRequestHeaders.Authorization = gateway.DefaultRequestHeaders.Authorization;
                await ImportIntoRunning.FoundAsync(geocoding, addresses[^1]);
            }
            await ImportIntoRunning.DrawnAsync(system);
            if (statements)
            {
                await Statements.WatchAsync(system);
            }
            var measured = await MeasureAsync(system, gateway, peopleFile);
            if (statements)
            {
                await Statements.PrintAsync(system);
            }
            Print(people, measured);
            return measured.Upload.GetProperty("state").GetString() == "done" ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Measured> MeasureAsync(RunningSystem system, HttpClient gateway, string file)
    {
        using var ended = new CancellationTokenSource();
        var memory = PeakMemoryAsync(system, ended.Token);
        var processor = Usage.Processor(system);
        var clock = Stopwatch.StartNew();
        await using var people = File.OpenRead(file);
        using var answer = await gateway.PostAsync(new Uri("api/imports/register?format=csv&complete=false", UriKind.Relative), new StreamContent(people));
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var sent = clock.Elapsed.TotalSeconds;
        var upload = await UntilAsync(gateway, id, "ready");
        var ready = clock.Elapsed.TotalSeconds;
        if (upload.GetProperty("state").GetString() == "ready")
        {
            using var approved = await gateway.PostAsJsonAsync($"api/imports/register/{id}/approve", new { confirmedGone = upload.GetProperty("gone").GetInt32() });
            approved.EnsureSuccessStatusCode();
            upload = await UntilAsync(gateway, id, "done");
        }
        var done = clock.Elapsed.TotalSeconds;
        var used = Usage.Processor(system).ToDictionary(after => after.Key, after => Math.Round((after.Value - processor[after.Key]) / 1000, 1));
        await ended.CancelAsync();
        return new Measured(sent, ready, done, await CopyAsync(system, file), upload, await memory, used);
    }

    private static async Task<JsonElement> UntilAsync(HttpClient gateway, Guid id, string state)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(100))
        {
            var upload = await gateway.GetFromJsonAsync<JsonElement>(new Uri($"api/imports/register/{id}", UriKind.Relative));
            if (upload.GetProperty("state").GetString() is { } now && (now == state || now == "failed"))
            {
                return upload;
            }
        }
        throw new TimeoutException($"The import did not become {state}.");
    }

    /// <summary>The organisation covers wherever the invented country has addresses.</summary>
    private static async Task CoverAsync(RunningSystem system, string[] codes)
    {
        await using var identity = NpgsqlDataSource.Create(system.ConnectionString("identitydb"));
        await using var command = identity.CreateCommand("update organisations set municipality_codes = $1 where slug = 'pitea'");
        command.Parameters.Add(new() { Value = codes });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> CopyAsync(RunningSystem system, string file)
    {
        await using var contacts = NpgsqlDataSource.Create(system.ConnectionString("contactsdb"));
        await using var connection = await contacts.OpenConnectionAsync();
        using var reader = new StreamReader(file);
        var columns = (await reader.ReadLineAsync())!.Split(',');
        await using (var create = new NpgsqlCommand($"create table bare ({string.Join(", ", columns.Select(column => $"\"{column}\" text"))})", connection))
        {
            await create.ExecuteNonQueryAsync();
        }
        var clock = Stopwatch.StartNew();
        await using (var copy = await connection.BeginTextImportAsync("copy bare from stdin (format csv)"))
        {
            var buffer = new char[1 << 16];
            for (int read; (read = await reader.ReadAsync(buffer)) > 0;)
            {
                await copy.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<Dictionary<string, double>> PeakMemoryAsync(RunningSystem system, CancellationToken cancellationToken)
    {
        var peak = new Dictionary<string, double>();
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var (name, megabytes) in Usage.Memory(system))
            {
                peak[name] = Math.Max(peak.GetValueOrDefault(name), megabytes);
            }
            await Task.Delay(1000, CancellationToken.None);
        }
        return peak;
    }

    private static async Task<string> TokenAsync(HttpClient http, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = Client, ["client_secret"] = secret });
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static void Print(int people, Measured measured)
    {
        var (matched, refused) = (
            measured.Upload.GetProperty("staged").GetInt64() - measured.Upload.GetProperty("protected").GetInt64(),
            measured.Upload.GetProperty("refused").EnumerateObject().Sum(reason => reason.Value.GetInt64()));
        AnsiConsole.Profile.Width = 140;
        var table = new Table().Border(TableBorder.Markdown).AddColumns("", "seconds", "people a second");
        foreach (var (what, seconds) in new[]
        {
            ("sent and kept", measured.Sent), ("read, matched, staged", measured.Ready - measured.Sent), ("merged", measured.Done - measured.Ready), ("in all", measured.Done), ("bare COPY", measured.Copy),
        })
        {
            table.AddRow(what, seconds.ToString("0.0", CultureInfo.InvariantCulture), (people / seconds).ToString("0", CultureInfo.InvariantCulture));
        }
        AnsiConsole.Write(table);
        Console.WriteLine($"refused: {measured.Upload.GetProperty("refused").GetRawText()}; processor seconds: {JsonSerializer.Serialize(measured.Processor)}");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            people,
            seconds = Math.Round(measured.Done, 1),
            matched,
            refused,
            rss_mb = measured.Memory,
            copy_seconds = Math.Round(measured.Copy, 2),
        }));
    }
}
