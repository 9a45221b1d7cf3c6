using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ums.Identity.Sessions;

/// <summary>Asked for every request of every resident, so both questions are one round trip each.</summary>
internal sealed class LiveSessions(NpgsqlDataSource source, IdentityDb db, TimeProvider clock)
{
    /// <summary>The time of the last request is written at most this often.</summary>
    private static readonly TimeSpan Coarseness = TimeSpan.FromSeconds(30);

    /// <summary>Whether the session lives; if so, it counts as used just now.</summary>
    public async Task<bool> TouchAsync(Guid session, CancellationToken cancellationToken) => await RunAsync("""
        with alive as (
            select id, seen_at from sessions where id = $1 and ended_at is null and seen_at > $2 - $3 and created_at > $2 - $4),
        touched as (
            update sessions set seen_at = $2 from alive where sessions.id = alive.id and alive.seen_at < $2 - $5)
        select count(*) from alive
        """, [session, clock.GetUtcNow(), Session.Idle, Session.Longest, Coarseness], cancellationToken) > 0;

    public Task EndAsync(Guid session, CancellationToken cancellationToken) => RunAsync("""
        with ended as (update sessions set ended_at = $2 where id = $1 and ended_at is null returning id)
        select count(*) from ended
        """, [session, clock.GetUtcNow()], cancellationToken);

    /// <summary>A batch is one implicit transaction, so the tenant set by its first statement holds for its second. The session's id is the key here: its
    /// organisation is not known yet.</summary>
    private Task<long> RunAsync(string sql, object[] parameters, CancellationToken cancellationToken) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(async token =>
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('ums.organisation', 'all', true)"));
            var command = new NpgsqlBatchCommand(sql);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }
            batch.BatchCommands.Add(command);
            await using var reader = await batch.ExecuteReaderAsync(token);
            await reader.NextResultAsync(token);
            return await reader.ReadAsync(token) ? reader.GetInt64(0) : 0;
        }, cancellationToken);
}
