using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Ums.Geocoding.Search;
using Ums.Testing;

namespace Ums.Benchmarks.Geocoding;

/// <summary>A file of addresses brought into the running system as an operator does it, and found there.</summary>
internal static class ImportIntoRunning
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<TimeSpan> RunAsync(RunningSystem system, string addresses)
    {
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet", [typeof(AddressFields).Assembly.Location, "import", "--format", "csv", "--source", "benchmark", addresses])
        {
            WorkingDirectory = system.StateDirectory,
            Environment = { ["ConnectionStrings__geocodingdb"] = system.ConnectionString("geocodingdb") },
        };
        using var import = Process.Start(start)!;
        await import.WaitForExitAsync();
        return import.ExitCode == 0 ? clock.Elapsed : throw new InvalidOperationException($"The import ended with {import.ExitCode}.");
    }

    /// <summary>How long until the service's index has what was imported.</summary>
    public static async Task<TimeSpan> FoundAsync(HttpClient geocoding, Row row)
    {
        var clock = Stopwatch.StartNew();
        var asked = new { street = row.Street, number = $"{row.Number?.ToString(CultureInfo.InvariantCulture)}{row.Letter}", postcode = row.Postcode, place = row.Place };
        while (clock.Elapsed < Patience)
        {
            using var answer = await geocoding.PostAsJsonAsync(new Uri("api/addresses/matches", UriKind.Relative), asked);
            answer.EnsureSuccessStatusCode();
            var matches = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("matches").EnumerateArray();
            if (matches.Any(match => match.GetProperty("addressId").GetString() == row.Id))
            {
                return clock.Elapsed;
            }

            await Task.Delay(200);
        }

        throw new TimeoutException("What was imported is not found.");
    }

    /// <summary>Waits for the map, which is worked out anew behind whatever comes next.</summary>
    public static async Task DrawnAsync(RunningSystem system)
    {
        await using var geocoding = NpgsqlDataSource.Create(system.ConnectionString("geocodingdb"));
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(500))
        {
            await using var command = geocoding.CreateCommand("select exists (select 1 from map_state where stamp = map_stamp())");
            if (await command.ExecuteScalarAsync() is true)
            {
                return;
            }
        }

        throw new TimeoutException("The map of what was imported is not drawn.");
    }
}
