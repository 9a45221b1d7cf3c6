using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;

namespace Ums.ServiceDefaults.Audit;

/// <summary>An organisation's own audit, the newest first, by who did it, whom it was about and when.</summary>
public static class SearchAudit
{
    private const int DefaultLimit = 100;
    private const int LargestLimit = 1000;

    public sealed record Entry(
        long Position, DateTimeOffset At, string Actor, string ActorId, string Action, Guid? PersonId, string? Target, string? Detail, string? Reason);

    /// <param name="Before">For the next page: the position to give as <c>before</c>; null where none follows.</param>
    public sealed record Response(IReadOnlyList<Entry> Entries, long? Before);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string? actor, Guid? person, DateTimeOffset? from, DateTimeOffset? to, long? before, int? limit,
        ClaimsPrincipal user, NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > LargestLimit)
        {
            return Problems.Invalid("limit", "out-of-range");
        }
        if (actor is { Length: > 200 } || actor?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return Problems.Invalid("actor", "too-long");
        }
        if (from > to)
        {
            return Problems.Invalid("from", "after-to");
        }
        var most = limit ?? DefaultLimit;
        var organisation = user.OrganisationId();
        await using var batch = source.CreateBatch();
        var tenant = new NpgsqlBatchCommand("select set_config('ums.organisation', $1, true)");
        tenant.Parameters.Add(new() { Value = organisation.ToString() });
        batch.BatchCommands.Add(tenant);
        var query = new NpgsqlBatchCommand("""
            select organisation_id, position, at, actor, actor_id, action, person_id, target, detail, reason from audit_log
            where organisation_id = $1 and ($2::text is null or actor_id = $2) and ($3::uuid is null or person_id = $3)
                and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5) and ($6::bigint is null or position < $6)
            order by position desc limit $7
            """);
        query.Parameters.Add(new() { Value = organisation });
        query.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = actor });
        foreach (var value in (object?[])[person, from?.ToUniversalTime(), to?.ToUniversalTime(), before])
        {
            query.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }
        query.Parameters.Add(new() { Value = most });
        batch.BatchCommands.Add(query);
        var entries = new List<Entry>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = AuditRows.Read(reader);
            var record = row.Record;
            entries.Add(new Entry(row.Position, row.At, record.Actor, record.ActorId, record.Action, record.PersonId, record.Target, record.Detail, record.Reason));
        }
        return TypedResults.Ok(new Response(entries, entries.Count == most ? entries[^1].Position : null));
    }
}
