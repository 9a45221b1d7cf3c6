using System.Data;
using Npgsql;
using NpgsqlTypes;
using Ums.Geocoding.Import.Formats;

namespace Ums.Geocoding.Import;

/// <summary>The table <c>imports</c>: each import's row says how far it is, and with that from where a killed one goes on.</summary>
internal static class ImportRows
{
    /// <summary>The upper half of the sources' locks.</summary>
    private const int LockSpace = 0x696D;

    /// <summary>The right to import a source. It is the session's, so it goes with the process however that ends.</summary>
    public static async Task<bool> TryLockAsync(NpgsqlConnection connection, string source, CancellationToken cancellationToken) =>
        (bool)(await connection.ScalarAsync($"select pg_try_advisory_lock({LockSpace}, hashtext($1))", cancellationToken, source))!;

    /// <summary>Sessions are lent out again; what one has locked must be given back before.</summary>
    public static Task UnlockAsync(NpgsqlConnection connection, string source) => connection.State == ConnectionState.Open
        ? connection.ExecuteAsync($"select pg_advisory_unlock({LockSpace}, hashtext($1))", CancellationToken.None, source)
        : Task.CompletedTask;

    public static async Task<bool> IsLockedAsync(NpgsqlConnection connection, string source, CancellationToken cancellationToken) =>
        !(bool)(await connection.ScalarAsync($"select pg_try_advisory_xact_lock({LockSpace}, hashtext($1))", cancellationToken, source))!;

    /// <summary>Goes on with an unfinished import of the same files, or begins one. The caller holds the source's lock, so nobody else is at it.</summary>
    public static async Task<ImportRecord> BeginAsync(
        NpgsqlConnection connection, ImportRequest request, byte[] hash, long bytes, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found = await FindAsync(connection, request, hash, cancellationToken);
        foreach (var stale in await UnfinishedAsync(connection, request.Source, found?.Id, cancellationToken))
        {
            await new AddressTable(stale, request.Source).UnstageAsync(connection, cancellationToken);
            await FailAsync(connection, stale, "Another import of the source took its place.", cancellationToken);
        }
        found ??= await InsertAsync(connection, request, hash, bytes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    /// <summary>In the chunk's transaction: rows and place commit together.</summary>
    public static async Task SaveAsync(NpgsqlConnection connection, ImportRecord record, CancellationToken cancellationToken) => await connection.ExecuteAsync(
        "update imports set step = 'reading', part = $2, position = $3, line = $4, bytes_read = $5, rows_read = $6, refused = $7 where id = $1",
        cancellationToken, record.Id, record.Part, record.Position, record.Line, record.BytesRead, record.RowsRead, record.Refused);

    public static async Task StepAsync(NpgsqlDataSource database, Guid id, string step, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync("update imports set step = $2 where id = $1", cancellationToken, id, step);
    }

    public static Task FailAsync(NpgsqlConnection connection, Guid id, string reason, CancellationToken cancellationToken) => connection.ExecuteAsync(
        "update imports set state = 'failed', step = 'failed', reason = $2, finished_at = now() where id = $1", cancellationToken, id, reason);

    public static void WriteRefusals(NpgsqlConnection connection, Guid id, IReadOnlyList<(int Part, long Line, Refusal Refusal)> refusals)
    {
        if (refusals.Count == 0)
        {
            return;
        }
        using var copy = connection.BeginBinaryImport("copy import_refusals (import_id, part, line, field, reason, value) from stdin (format binary)");
        foreach (var (part, line, refusal) in refusals)
        {
            copy.StartRow();
            copy.Write(id, NpgsqlDbType.Uuid);
            copy.Write(part, NpgsqlDbType.Integer);
            copy.Write(line, NpgsqlDbType.Bigint);
            copy.Write(refusal.Field, NpgsqlDbType.Text);
            copy.Write(refusal.Reason, NpgsqlDbType.Text);
            copy.Write(Storable(refusal.Value), NpgsqlDbType.Text);
        }
        copy.Complete();
    }

    private static async Task<ImportRecord?> FindAsync(NpgsqlConnection connection, ImportRequest request, byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = connection.Command("""
            select id, part, position, line, bytes_read, rows_read, refused from imports
            where state = 'running' and source = $1 and format = $2 and hash = $3 and ($4::uuid is null or id = $4) order by created_at desc limit 1
            """, request.Source, request.Format, hash, request.Known);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new ImportRecord(row.GetGuid(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), Resumed: true)
            : null;
    }

    private static async Task<ImportRecord> InsertAsync(
        NpgsqlConnection connection, ImportRequest request, byte[] hash, long bytes, CancellationToken cancellationToken)
    {
        var id = request.Known ?? Guid.CreateVersion7();
        await new AddressTable(id, request.Source).UnstageAsync(connection, cancellationToken);
        await new AddressTable(id, request.Source).StageAsync(connection, cancellationToken);
        await connection.ExecuteAsync("delete from import_refusals where import_id = $1", cancellationToken, id);
        await connection.ExecuteAsync("""
            insert into imports (id, source, format, files, bytes, hash, state, step, started_at) values ($1, $2, $3, $4, $5, $6, 'running', 'reading', now())
            on conflict (id) do update set hash = excluded.hash, bytes = excluded.bytes, state = 'running', step = 'reading', reason = null, started_at = now(),
                part = 0, position = 0, line = 0, bytes_read = 0, rows_read = 0, refused = 0
            """, cancellationToken, id, request.Source, request.Format, string.Join(", ", request.Paths.Select(Path.GetFileName)), bytes, hash);
        return new ImportRecord(id, 0, 0, 0, 0, 0, 0, Resumed: false);
    }

    private static async Task<List<Guid>> UnfinishedAsync(NpgsqlConnection connection, string source, Guid? except, CancellationToken cancellationToken)
    {
        await using var command = connection.Command("select id from imports where state = 'running' and source = $1 and id is distinct from $2", source, except);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Guid>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(rows.GetGuid(0));
        }
        return found;
    }

    // PostgreSQL holds no NUL in a text, and half a surrogate pair is no character.
    private static string Storable(string value) =>
        string.Concat(value.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
}
