using System.Text.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>
/// Reads an upload and stages its rows: one thread reads, several chunks are matched and sealed at once, and they are staged in their order, each with how far the reading
/// is in one transaction. Killed anywhere, the next reads on from there.
/// </summary>
internal sealed class StageUpload(
    ContactsDb db, NpgsqlDataSource database, MatchAddresses addresses, SealRows seal, Organisations organisations, PersonalData personal, IOptions<UploadOptions> options)
{
    private readonly Dictionary<string, long> refused = [];
    private long rowsRead, staged, protectedRows;

    private sealed record Chunk(List<FileRow> Rows, long BytesRead);

    private sealed record Located(Chunk Chunk, IReadOnlyList<SealedRow> Rows, IReadOnlyList<(FileRow Row, string Reason)> Refused);

    /// <exception cref="UnusableFileException"/>
    /// <exception cref="LeaseLostException"/>
    public async Task RunAsync(UploadTurn turn, CancellationToken cancellationToken)
    {
        var organisation = await organisations.FindAsync(turn.OrganisationId.ToString(), cancellationToken) ?? throw new IdentityAwayException();
        await TakeUpAsync(turn, cancellationToken);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var matched = Channel.CreateBounded<Task<Located>>(options.Value.ChunksInFlight);
        var reading = Task.Run(() => ReadAsync(turn, organisation, matched.Writer, broken.Token), CancellationToken.None);
        try
        {
            await foreach (var located in matched.Reader.ReadAllAsync(cancellationToken))
            {
                await db.InOrganisationAsync(turn.OrganisationId, async token => await AddAsync(turn, await located, token), cancellationToken);
            }
        }
        finally
        {
            await broken.CancelAsync();
        }
        await reading;
        await db.InOrganisationAsync(turn.OrganisationId, token => MakeReadyAsync(turn, token), cancellationToken);
    }

    /// <summary>The staged rows do not outlive a crash of the database: then all begins anew.</summary>
    private Task TakeUpAsync(UploadTurn turn, CancellationToken cancellationToken) => db.InOrganisationAsync(turn.OrganisationId, async token =>
    {
        await Upload.HoldAsync(db, turn, token);
        var found = (await db.Database.SqlQuery<long>($"select count(*) as value from register_rows where import_id = {turn.Id}").ToListAsync(token)).Single();
        if (found == turn.Staged)
        {
            var row = (await db.Database.SqlQuery<Counted>($"select refused::text as refused, protected from register_uploads where id = {turn.Id}").ToListAsync(token)).Single();
            (rowsRead, staged, protectedRows) = (turn.RowsRead, turn.Staged, row.Protected);
            foreach (var (reason, count) in Upload.Counts(row.Refused))
            {
                refused[reason] = count;
            }
            return;
        }
        await db.Database.ExecuteSqlAsync($"delete from register_rows where import_id = {turn.Id}", token);
        await db.Database.ExecuteSqlAsync($"delete from register_refusals where upload_id = {turn.Id}", token);
        await db.Database.ExecuteSqlAsync($"update register_uploads set rows_read = 0, staged = 0, protected = 0, refused = '{{}}' where id = {turn.Id}", token);
    }, cancellationToken);

    private async Task ReadAsync(UploadTurn turn, Organisation organisation, ChannelWriter<Task<Located>> matched, CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            using var upload = new UploadStream(database, personal, turn);
            var rows = RegisterFile.Read(upload, turn, options.Value);
            var (chunk, skip) = (new List<FileRow>(options.Value.ChunkRows), rowsRead);
            foreach (var row in rows)
            {
                if (skip-- > 0)
                {
                    continue;
                }
                chunk.Add(row);
                if (chunk.Count == options.Value.ChunkRows)
                {
                    await matched.WriteAsync(MatchAsync(new Chunk(chunk, upload.Taken), organisation, cancellationToken), cancellationToken);
                    chunk = new List<FileRow>(options.Value.ChunkRows);
                }
            }
            if (chunk.Count > 0)
            {
                await matched.WriteAsync(MatchAsync(new Chunk(chunk, upload.Taken), organisation, cancellationToken), cancellationToken);
            }
        }
        catch (Exception e)
        {
            fault = e;
        }
        matched.Complete(fault);
    }

    private async Task<Located> MatchAsync(Chunk chunk, Organisation organisation, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var usable = chunk.Rows.Where(row => row.Fault is null).ToList();
        var located = await addresses.MatchAsync([.. usable.Select(row => row.Row!)], organisation.MunicipalityCodes, cancellationToken);
        return new Located(chunk, seal.Seal(organisation.Id, located.Where(row => row.Fault is null)),
            [.. chunk.Rows.Where(row => row.Fault is not null).Select(row => (row, row.Fault!)),
                .. usable.Zip(located).Where(pair => pair.Second.Fault is not null).Select(pair => (pair.First, pair.Second.Fault!))]);
    }

    private async Task AddAsync(UploadTurn turn, Located located, CancellationToken cancellationToken)
    {
        await Upload.HoldAsync(db, turn, cancellationToken);
        var added = await StageRows.AddAsync(db, new Import(turn.Id, turn.OrganisationId, "public", turn.Complete, turn.ReceivedAt), located.Rows, cancellationToken);
        await RefuseAsync(turn, located.Refused, cancellationToken);
        // The counters are this object's: a transaction that is tried again must not count twice.
        var counts = new Dictionary<string, long>(refused);
        foreach (var (_, reason) in located.Refused)
        {
            counts[reason] = counts.GetValueOrDefault(reason) + 1;
        }
        if (located.Rows.Count > added)
        {
            counts["register-key-twice"] = counts.GetValueOrDefault("register-key-twice") + located.Rows.Count - added;
        }
        var (read, all, hidden) = (rowsRead + located.Chunk.Rows.Count, staged + added, protectedRows + located.Rows.Count(row => row.Person is null));
        await db.Database.ExecuteSqlAsync($"""
            update register_uploads set rows_read = {read}, staged = {all}, protected = {hidden}, bytes_read = {located.Chunk.BytesRead}, refused = {JsonSerializer.Serialize(counts)}::jsonb
            where id = {turn.Id}
            """, cancellationToken);
        (rowsRead, staged, protectedRows) = (read, all, hidden);
        foreach (var (reason, count) in counts)
        {
            refused[reason] = count;
        }
    }

    private async Task RefuseAsync(UploadTurn turn, IReadOnlyList<(FileRow Row, string Reason)> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }
        await using var command = Statement.Of(db, """
            insert into register_refusals (upload_id, organisation_id, line, reason, row) select $1, $2, line, reason, box from unnest($3, $4, $5) as refusal (line, reason, box)
            """, turn.Id, turn.OrganisationId, rows.Select(row => row.Row.Line).ToArray(), rows.Select(row => row.Reason).ToArray());
        command.Parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
            Value = rows.Select(row => row.Row.Shown is { } shown ? personal.Seal(turn.OrganisationId, JsonSerializer.Serialize(shown)) : null).ToArray(),
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The dry run: what a merge would do now.</summary>
    private async Task MakeReadyAsync(UploadTurn turn, CancellationToken cancellationToken)
    {
        await Upload.HoldAsync(db, turn, cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await db.Database.ExecuteSqlAsync($"""
            update register_uploads set state = 'ready', ready_at = now(), bytes_read = bytes, lease_token = null, lease_until = null,
                added = n.added, changed = n.changed, unchanged = n.unchanged, gone = n.gone, people = n.people
            from (
                select count(*) filter (where c.id is null and not r.protected and not exists (
                        select 1 from opt_outs o where o.organisation_id = {turn.OrganisationId} and o.register_key = r.register_key and o.erased))::int as added,
                    count(*) filter (where not r.protected and c.register_print is distinct from r.print and c.id is not null and c.restricted_at is null)::int as changed,
                    count(*) filter (where not r.protected and (c.register_print = r.print or c.restricted_at is not null))::int as unchanged,
                    count(*) filter (where c.id is not null and (r.protected or (r.register_key is null and {turn.Complete} and c.restricted_at is null)))::int as gone,
                    count(c.id)::int as people
                from (select * from register_rows where import_id = {turn.Id}) r
                full join (select id, register_key, register_print, restricted_at from contacts where organisation_id = {turn.OrganisationId} and register_key is not null) c
                    on c.register_key = r.register_key) n
            where id = {turn.Id}
            """, cancellationToken);
    }

    private sealed record Counted(string Refused, long Protected);
}

/// <summary>Identity has never answered who the organisation is; it is asked again.</summary>
internal sealed class IdentityAwayException : Exception;
