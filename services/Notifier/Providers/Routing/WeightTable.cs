using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Ums.Notifier.Providers.Routing;

/// <summary>The shares that all replicas go by. Whoever sees trouble moves them, one at a time, and no sooner after the last move than is set.</summary>
internal sealed class WeightTable(NpgsqlDataSource source, IOptions<RoutingOptions> options)
{
    /// <summary>Among the advisory locks of this database, the one of this table.</summary>
    private const long Lock = 0x756D7377;

    /// <param name="seen">As this replica sees the providers; their weights are the table's to tell.</param>
    /// <returns>The shares from now on.</returns>
    public async Task<IReadOnlyList<Standing>> AgreeAsync(string channel, IReadOnlyList<Standing> seen, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = Lock } } })
        {
            await wait.ExecuteNonQueryAsync(cancellationToken);
        }
        var (kept, age) = await ReadAsync(connection, channel, cancellationToken);
        // Other providers than the table knows: all begin as configured.
        var isKnown = kept.Count == seen.Count && seen.All(one => kept.ContainsKey(one.Provider)) && kept.Values.Sum() == Weights.All;
        var before = seen.Select(one => one with { Weight = isKnown ? kept[one.Provider] : one.Configured }).ToList();
        var after = isKnown ? Next(before, age) : before;
        if (!isKnown || !after.SequenceEqual(before))
        {
            await WriteAsync(connection, channel, after, cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return after;
    }

    private IReadOnlyList<Standing> Next(IReadOnlyList<Standing> standings, TimeSpan age) =>
        standings.Any(one => one.IsBad)
            ? age >= options.Value.ShiftEvery ? Weights.Shift(standings) : standings
            : age >= options.Value.DriftEvery ? Weights.Drift(standings) : standings;

    private static async Task<(Dictionary<string, int> Weights, TimeSpan Age)> ReadAsync(NpgsqlConnection connection, string channel, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand("select provider, weight, now() - moved_at from provider_weights where channel = $1", connection)
        {
            Parameters = { new() { Value = channel } },
        };
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        var (weights, age) = (new Dictionary<string, int>(), TimeSpan.MaxValue);
        while (await rows.ReadAsync(cancellationToken))
        {
            weights[rows.GetString(0)] = rows.GetInt32(1);
            age = rows.GetTimeSpan(2) is var since && since < age ? since : age;
        }
        return (weights, age);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, string channel, IReadOnlyList<Standing> standings, CancellationToken cancellationToken)
    {
        await using var write = new NpgsqlCommand("""
            with gone as (delete from provider_weights where channel = $1 and provider <> all($2))
            insert into provider_weights (channel, provider, weight) select $1, * from unnest($2, $3)
            on conflict (channel, provider) do update set weight = excluded.weight, moved_at = now()
            """, connection)
        {
            Parameters =
            {
                new() { Value = channel },
                new() { Value = standings.Select(one => one.Provider).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = standings.Select(one => one.Weight).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
            },
        };
        await write.ExecuteNonQueryAsync(cancellationToken);
    }
}
