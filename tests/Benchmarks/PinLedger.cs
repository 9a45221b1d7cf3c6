using Npgsql;
using Ums.Testing;

namespace Ums.Benchmarks;

/// <summary>Reads from the databases when each PIN that was asked for was accepted by the provider.</summary>
internal static class PinLedger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>From the moment a request left to the provider's acceptance. Those that never got there count as errors.</summary>
    public static async Task<Measured> AcceptedAsync(RunningSystem system, IReadOnlyDictionary<Guid, DateTimeOffset> asked, TimeSpan length)
    {
        var until = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            var times = await ReadAsync(system, asked);
            if (times.Count == asked.Count || DateTimeOffset.UtcNow > until)
            {
                return Measured.Of(times, length, asked.Count - times.Count);
            }
            await Task.Delay(200);
        }
    }

    private static async Task<List<double>> ReadAsync(RunningSystem system, IReadOnlyDictionary<Guid, DateTimeOffset> asked)
    {
        var deliveries = new Dictionary<Guid, Guid>();
        await ReadAsync(system.ConnectionString("identitydb"), "select delivery_id, id from pin_requests", row => deliveries[row.GetGuid(0)] = row.GetGuid(1));
        var times = new List<double>();
        await ReadAsync(system.ConnectionString("notifierdb"),
            "select m.source_id, a.ended_at from attempts a join messages m on m.id = a.message_id where a.reference is not null", row =>
            {
                if (deliveries.TryGetValue(row.GetGuid(0), out var request) && asked.TryGetValue(request, out var left))
                {
                    times.Add((row.GetFieldValue<DateTimeOffset>(1) - left).TotalMilliseconds);
                }
            });
        return times;
    }

    private static async Task ReadAsync(string connectionString, string sql, Action<NpgsqlDataReader> row)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            row(reader);
        }
    }
}
