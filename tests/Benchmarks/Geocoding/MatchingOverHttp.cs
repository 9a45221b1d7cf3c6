using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using Ums.Benchmarks.Geocoding.Noise;
using Ums.Geocoding.Demo;
using Ums.Testing;

namespace Ums.Benchmarks.Geocoding;

/// <summary>Matches and map tiles through the gateway, on the whole system as ./run starts it, beside an endpoint that does nothing, turn by turn.</summary>
internal static class MatchingOverHttp
{
    private const int Rounds = 5;
    private const string Client = "benchmark";

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (addresses, seconds, connections) = (arguments.Text("addresses"), arguments.Number("seconds", 10), arguments.Number("connections", 16));
        var (rate, tileRate) = (arguments.Number("rate", 200), arguments.Number("tile-rate", 50));
        arguments.NoMore();
        var (length, secret) = (TimeSpan.FromSeconds(seconds), Convert.ToHexString(RandomNumberGenerator.GetBytes(24)));
        Console.WriteLine("Starting the system …");
        await using var system = await RunningSystem.StartAsync(settings: new Dictionary<string, string>(SignIn.Settings)
        {
            [$"ApiClients__External__{Client}__Secret"] = secret,
            [$"ApiClients__External__{Client}__Scopes"] = "address.read",
        });
        var import = addresses is null ? TimeSpan.Zero : await ImportIntoRunning.RunAsync(system, addresses);
        var rows = addresses is null ? await RowsOf(system) : [.. AddressFile.Read(addresses)];
        var (bodies, tiles) = (Bodies(rows), Tiles(rows));
        Console.WriteLine($"{rows.Count} addresses, {bodies.Length} queries");
        await using var bare = await BareEndpoint.StartAsync();
        using var anonymous = To(system.Address, null);
        var token = await TokenAsync(anonymous, secret);
        using HttpClient nothing = To(bare.Address, null), straight = To(new Uri(system.AddressOf("geocoding")), token), gateway = To(system.Address, token);
        if (addresses is not null)
        {
            var found = await ImportIntoRunning.FoundAsync(straight, rows[^1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"imported in {import.TotalSeconds:0.0} s, found {found.TotalSeconds:0.0} s later"));
        }

        (string What, Func<Task<bool>> Request)[] turns =
        [
            ("match: an endpoint that does nothing", () => PostAsync(nothing, "/", bodies)),
            ("match: straight to Geocoding", () => PostAsync(straight, "api/addresses/matches", bodies)),
            ("match: through the gateway", () => PostAsync(gateway, "api/addresses/matches", bodies)),
            ("tile: through the gateway", () => GetAsync(anonymous, tiles)),
        ];
        var measured = await InTurns(turns, connections, length);
        var before = Usage.Processor(system);
        var costly = await Load.ClosedAsync(connections, length, turns[2].Request);
        var cost = Usage.Processor(system).ToDictionary(after => after.Key, after => Math.Round((after.Value - before[after.Key]) / costly.Count, 2));
        measured.Add(($"match: through the gateway, {rate} a second", await Load.OpenAsync(rate, length, turns[2].Request)));
        measured.Add(($"tile: through the gateway, {tileRate} a second", await Load.OpenAsync(tileRate, length, turns[3].Request)));
        Print(rows.Count, measured, cost);
        return measured.Any(one => one.Measured.Errors > 0) ? 1 : 0;
    }

    private static async Task<List<(string What, Measured Measured)>> InTurns((string What, Func<Task<bool>> Request)[] turns, int connections, TimeSpan length)
    {
        var rounds = new List<Measured[]>();
        for (var round = 0; round <= Rounds; round++)
        {
            var one = new List<Measured>();
            foreach (var (_, request) in turns)
            {
                one.Add(await Load.ClosedAsync(connections, round == 0 ? length : length / Rounds, request));
            }

            if (round > 0) // the first warms
            {
                rounds.Add([.. one]);
            }
        }

        return [.. turns.Select((turn, i) => (turn.What, rounds.Select(round => round[i]).OrderBy(one => one.PerSecond).ElementAt(Rounds / 2)))];
    }

    private static async Task<List<Row>> RowsOf(RunningSystem system)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(system.ConnectionString("geocodingdb"));
        await using var command = database.CreateCommand("select id, street, number, letter, postcode, place, municipality_code, latitude, longitude from addresses");
        await using var found = await command.ExecuteReaderAsync();
        var rows = new List<Row>();
        while (await found.ReadAsync())
        {
            rows.Add(new Row(found.GetString(0), found.GetString(1), found.IsDBNull(2) ? null : found.GetInt32(2), found.IsDBNull(3) ? null : found.GetString(3), found.GetString(4),
                found.GetString(5), found.GetString(6), found.GetDouble(7), found.GetDouble(8)));
        }

        return rows;
    }

    private static byte[][] Bodies(List<Row> rows)
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            AddressFile.Write(file, rows);
            return [.. MakeQueries.About(file, 1, (EverydayKinds.All, 2200))[0].Select(query => JsonSerializer.SerializeToUtf8Bytes(
                new { street = query.Street, number = query.Number, postcode = query.Postcode, place = query.Place }))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Where there are addresses, at every zoom alike.</summary>
    private static string[] Tiles(List<Row> rows)
    {
        var dice = new Dice(1);
        return [.. Enumerable.Range(0, 5000).Select(i =>
        {
            var (row, zoom) = (dice.Pick(rows), 4 + (i % 13));
            var across = Math.Pow(2, zoom);
            var latitude = row.Latitude * Math.PI / 180;
            var (x, y) = ((int)((row.Longitude + 180) / 360 * across), (int)((1 - (Math.Log(Math.Tan(latitude) + (1 / Math.Cos(latitude))) / Math.PI)) / 2 * across));
            return $"api/map/tiles/{zoom}/{x}/{y}.mvt";
        })];
    }

    private static async Task<string> TokenAsync(HttpClient http, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = Client, ["client_secret"] = secret });
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static HttpClient To(Uri address, string? token)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static async Task<bool> PostAsync(HttpClient http, string path, byte[][] bodies)
    {
        using var body = new ByteArrayContent(bodies[Random.Shared.Next(bodies.Length)]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = Encoding.UTF8.WebName } } };
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), body);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<bool> GetAsync(HttpClient http, string[] paths)
    {
        using var answer = await http.GetAsync(new Uri(paths[Random.Shared.Next(paths.Length)], UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    /// <param name="cost">Milliseconds of processor time for a match through the gateway, by resource.</param>
    private static void Print(int addresses, List<(string What, Measured Measured)> measured, Dictionary<string, double> cost)
    {
        AnsiConsole.Profile.Width = 140;
        var table = new Table().Border(TableBorder.Markdown).AddColumns("", "a second", "p50 ms", "p99 ms", "worst ms", "errors");
        measured.ForEach(one => table.AddRow(
            one.What, Text(one.Measured.PerSecond), Text(one.Measured.P50), Text(one.Measured.P99), Text(one.Measured.Worst), one.Measured.Errors.ToString(CultureInfo.InvariantCulture)));
        AnsiConsole.Write(table);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            addresses,
            bare = SignIn.Of(measured[0].Measured),
            straight = SignIn.Of(measured[1].Measured),
            gateway = SignIn.Of(measured[2].Measured),
            tiles = SignIn.Of(measured[3].Measured),
            gateway_open = SignIn.Of(measured[4].Measured),
            tiles_open = SignIn.Of(measured[5].Measured),
            match_cpu_ms = cost,
        }));
    }

    private static string Text(double value) => value.ToString(value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
