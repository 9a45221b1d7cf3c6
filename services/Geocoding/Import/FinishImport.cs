using Npgsql;
using Ums.ServiceDefaults.Files;

namespace Ums.Geocoding.Import;

/// <summary>
/// All or nothing: one transaction refuses what is there twice, compares with what the source had, draws the streets, builds the indexes, and lets the gathered
/// rows take the old ones' place.
/// </summary>
internal sealed class FinishImport(NpgsqlDataSource database, NpgsqlConnection connection, ImportRequest request, ImportRecord record, Action<string> step)
{
    private const int LongestHold = 150;

    private readonly AddressTable table = new(record.Id, request.Source);

    public async Task<ImportResult> RunAsync(string version, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("set local work_mem = '128MB'", cancellationToken);
        await connection.ExecuteAsync("set local maintenance_work_mem = '256MB'", cancellationToken);
        await SayAsync("waiting for other loads", cancellationToken);
        await connection.ExecuteAsync("select pg_advisory_xact_lock($1)", cancellationToken, ReplaceSource.LockKey);

        await SayAsync("comparing", cancellationToken);
        var refused = record.Refused + await RefuseRepeatedAsync(cancellationToken) + await RefuseOthersAsync(cancellationToken);
        var result = await CompareAsync(refused, cancellationToken);
        if (result.Added + result.Changed + result.Unchanged == 0)
        {
            throw new ImportException("Not one row could be taken; what the source had before stays.");
        }

        await SayAsync("drawing streets", cancellationToken);
        await connection.ExecuteAsync("insert into sources (name, version) values ($1, '') on conflict (name) do nothing", cancellationToken, request.Source);
        result = result with { Streets = await StoreStreets.RunAsync(connection, table.Name, request.Source, cancellationToken) };
        await connection.ExecuteAsync("call addresses_loaded()", cancellationToken);

        await SayAsync("indexing", cancellationToken);
        await table.IndexAsync(connection, cancellationToken);

        await SayAsync("replacing", cancellationToken);
        await HoldAsync(cancellationToken);
        await table.SwapAsync(connection, version, cancellationToken);
        await SaveAsync(result, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>The first row with an id has it; later ones are refused, wherever in the files they stand.</summary>
    private Task<int> RefuseRepeatedAsync(CancellationToken cancellationToken) => connection.ExecuteAsync($"""
        with twice as (select id from {table.Name} group by id having count(*) > 1),
        later as (
            select t.ctid as place, row_number() over (partition by t.id order by t.part, t.line) as nth from {table.Name} t join twice using (id)),
        gone as (delete from {table.Name} t using later where t.ctid = later.place and nth > 1 returning t.part, t.line, t.id)
        insert into import_refusals (import_id, part, line, field, reason, value) select $1, part, line, 'address_id', 'repeated', id from gone
        """, cancellationToken, record.Id);

    /// <summary>An id means one address, whoever delivers it.</summary>
    private Task<int> RefuseOthersAsync(CancellationToken cancellationToken) => connection.ExecuteAsync($"""
        with gone as (delete from {table.Name} t using addresses a where a.id = t.id and a.source <> $2 returning t.part, t.line, t.id)
        insert into import_refusals (import_id, part, line, field, reason, value) select $1, part, line, 'address_id', 'of-another-source', id from gone
        """, cancellationToken, record.Id, request.Source);

    private async Task<ImportResult> CompareAsync(long refused, CancellationToken cancellationToken)
    {
        await using var command = connection.Command($"""
            with compared as (
                select n.id is null as gone, o.id is null as added,
                    (n.street, n.number, n.letter, n.postcode, n.place, n.municipality_code, n.latitude, n.longitude, n.gnr, n.bnr, n.fnr, n.snr)
                    is distinct from (o.street, o.number, o.letter, o.postcode, o.place, o.municipality_code, o.latitude, o.longitude, o.gnr, o.bnr, o.fnr, o.snr) as changed
                from {table.Name} n full join (select * from addresses where source = $1) o on o.id = n.id)
            select count(*) filter (where added), count(*) filter (where changed and not added and not gone), count(*) filter (where gone),
                count(*) filter (where not changed) from compared
            """, request.Source);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new ImportResult(record.Id, record.RowsRead, refused, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), 0, record.Resumed, default);
    }

    // Whoever reads the table now is waited for, but never longer than two seconds at a time: others would wait behind us.
    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await connection.ExecuteAsync("savepoint hold", cancellationToken);
                await connection.ExecuteAsync("set local lock_timeout = '2s'", cancellationToken);
                await connection.ExecuteAsync("call addresses_hold()", cancellationToken);
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                await connection.ExecuteAsync("rollback to savepoint hold", cancellationToken);
                if (attempt == LongestHold)
                {
                    throw new ImportException("Somebody has been reading the addresses without a pause for minutes; try again later.", e);
                }
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    private Task<int> SaveAsync(ImportResult result, CancellationToken cancellationToken) => connection.ExecuteAsync("""
        update imports set state = 'done', step = 'done', finished_at = now(), refused = $2, added = $3, changed = $4, gone = $5, unchanged = $6, streets = $7
        where id = $1
        """, cancellationToken, record.Id, result.Refused, result.Added, result.Changed, result.Gone, result.Unchanged, result.Streets);

    private Task SayAsync(string what, CancellationToken cancellationToken)
    {
        step(what);
        return ImportRows.StepAsync(database, record.Id, what, cancellationToken);
    }
}
