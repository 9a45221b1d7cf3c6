using Npgsql;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// The outbox's statements. A claim is a lease: a token and a deadline on the database's clock. Every settling statement asks for the token, so a relay that slept
/// through its lease (a stopped process, a long pause) settles nothing, and the relay that took over is undisturbed.
/// </summary>
internal sealed class OutboxStore(NpgsqlDataSource source, OutboxOptions options) : IOutboxStore
{
    public async Task<OutboxBatch> ClaimAsync(OutboxLane lane, int limit, CancellationToken cancellationToken)
    {
        var lease = Guid.NewGuid();
        await using var command = source.CreateCommand("""
            update outbox set lease_token = $1, lease_until = now() + $2, attempts = attempts + 1
            where id in (
                select id from outbox
                where urgent = $3 and available_at <= now() and (lease_until is null or lease_until < now())
                order by id limit $4 for update skip locked)
            returning id, message_id, type, payload, trace_parent, urgent, attempts
            """);
        command.Parameters.Add(new() { Value = lease });
        command.Parameters.Add(new() { Value = options.Lease });
        command.Parameters.Add(new() { Value = lane == OutboxLane.Urgent });
        command.Parameters.Add(new() { Value = limit });
        var rows = new List<OutboxRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new OutboxRow(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3),
                await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4), reader.GetBoolean(5), reader.GetInt32(6)));
        }
        return new OutboxBatch(lease, rows);
    }

    public async Task<int> SettleAsync(Guid lease, IReadOnlyList<OutboxOutcome> outcomes, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        Add(batch, lease, outcomes.OfType<OutboxOutcome.Confirmed>(), "delete from outbox where id = any($1) and lease_token = $2");
        // Handed over is not confirmed: the receiver has it, the bus does not. The row goes on in the ordinary lane, and the receiver's inbox drops the repeat.
        Add(batch, lease, outcomes.OfType<OutboxOutcome.HandedOver>(), """
            update outbox set urgent = false, handed_over_at = now(), lease_token = null, lease_until = null, attempts = 0
            where id = any($1) and lease_token = $2
            """);
        Add(batch, lease, outcomes.Where(options.IsBuried), """
            with gone as (delete from outbox where id = any($1) and lease_token = $2 returning *)
            insert into outbox_poison select gone.*, now() from gone
            """);
        var later = outcomes.OfType<OutboxOutcome.Failed>().Where(o => !options.IsBuried(o)).ToList();
        Add(batch, lease, later, """
            update outbox set lease_token = null, lease_until = null, last_error = failure.error, available_at = now() + failure.pause
            from unnest($1, $3, $4) as failure (id, error, pause)
            where outbox.id = failure.id and lease_token = $2
            """,
            later.Select(o => o.Error).ToArray(), later.Select(o => OutboxOptions.Backoff(o.Row, Random.Shared.NextDouble())).ToArray());
        return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlBatch batch, Guid lease, IEnumerable<OutboxOutcome> outcomes, string sql, params object[] more)
    {
        var ids = outcomes.Select(o => o.Row.Id).ToArray();
        if (ids.Length == 0)
        {
            return;
        }
        var command = new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = ids }, new() { Value = lease } } };
        foreach (var value in more)
        {
            command.Parameters.Add(new() { Value = value });
        }
        batch.BatchCommands.Add(command);
    }
}
