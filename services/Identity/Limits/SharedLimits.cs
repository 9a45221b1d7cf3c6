using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Limits;

/// <summary>Counters in PostgreSQL, so that any number of replicas count as one.</summary>
internal sealed class SharedLimits(NpgsqlDataSource source, IdentityDb db, PersonalData personal, TimeProvider clock)
{
    /// <summary>Takes one of each limit or, where one of them is used up, none: who is refused uses nothing up for others.</summary>
    /// <returns>Null where all had one left; otherwise the one that stays closed longest.</returns>
    public Task<Refusal?> TakeAsync(IEnumerable<Limit> limits, CancellationToken cancellationToken)
    {
        var sorted = limits.Select(limit => (Key: KeyOf(limit), Limit: limit)).OrderBy(pair => Convert.ToHexString(pair.Key), StringComparer.Ordinal).ToArray();
        return db.Database.CreateExecutionStrategy().ExecuteAsync(async token =>
        {
            await using var command = source.CreateCommand("select refused_by, free_at from take_limits($1, $2, $3, $4)");
            command.Parameters.Add(new() { Value = sorted.Select(pair => pair.Key).ToArray() });
            command.Parameters.Add(new() { Value = sorted.Select(pair => pair.Limit.Allowed).ToArray() });
            command.Parameters.Add(new() { Value = sorted.Select(pair => pair.Limit.Period).ToArray() });
            command.Parameters.Add(new() { Value = clock.GetUtcNow() });
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? new Refusal(sorted[reader.GetInt32(0) - 1].Limit, reader.GetFieldValue<DateTimeOffset>(1)) : null;
        }, cancellationToken);
    }

    /// <summary>How much of each is used in its present period.</summary>
    public Task<int[]> UsedAsync(Limit[] limits, CancellationToken cancellationToken) => db.Database.CreateExecutionStrategy().ExecuteAsync(async token =>
    {
        await using var command = source.CreateCommand("""
            select coalesce(l.used, 0) from unnest($1) with ordinality as t (key, position)
            left join limits l on l.key = t.key and l.resets_at > $2 order by t.position
            """);
        command.Parameters.Add(new() { Value = limits.Select(KeyOf).ToArray() });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        var used = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(token);
        while (await reader.ReadAsync(token))
        {
            used.Add(reader.GetInt32(0));
        }
        return used.ToArray();
    }, cancellationToken);

    /// <summary>Begins anew. In the context's transaction, where there is one.</summary>
    public Task ForgetAsync(Limit limit, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"delete from limits where key = {KeyOf(limit)}", cancellationToken);

    private byte[] KeyOf(Limit limit) =>
        personal.Index(Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"limit|{limit.Name}|{limit.Period.TotalSeconds}|{limit.Value}"));
}
