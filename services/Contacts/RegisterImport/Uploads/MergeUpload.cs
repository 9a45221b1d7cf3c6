using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>Merges an approved upload, or rolls a merged one back: each in one transaction, so that readers see all of it or nothing.</summary>
internal sealed class MergeUpload(ContactsDb db, MergeRegister merge, RestoreUndo restore)
{
    public Task MergeAsync(UploadTurn turn, CancellationToken cancellationToken) => db.InOrganisationAsync(turn.OrganisationId, async token =>
    {
        await Upload.HoldAsync(db, turn, token);
        var staged = (await db.Database.SqlQuery<long>($"select count(*) as value from register_rows where import_id = {turn.Id}").ToListAsync(token)).Single();
        if (staged != turn.Staged)
        {
            // The database crashed since: its unlogged rows are gone, the file is not. What is read anew is looked at and approved anew.
            await db.Database.ExecuteSqlAsync($"update register_uploads set state = 'received', rows_read = 0, staged = -1, approved_by = null, lease_token = null, lease_until = null where id = {turn.Id}", token);
            return;
        }
        var refused = (await db.Database.SqlQuery<int>(
            $"select coalesce(sum(value::bigint), 0)::int as value from register_uploads, jsonb_each_text(refused) where id = {turn.Id}").ToListAsync(token)).Single();
        var outcome = await merge.RunAsync(db, new Import(turn.Id, turn.OrganisationId, "public", turn.Complete, turn.ReceivedAt, turn.Id), refused, token);
        await db.Database.ExecuteSqlAsync($"""
            update register_uploads u set state = 'done', added = {outcome.Added}, changed = {outcome.Changed}, gone = {outcome.Gone}, merged_at = i.finished_at, ended_at = i.finished_at,
                lease_token = null, lease_until = null
            from register_imports i where i.id = u.id and u.id = {turn.Id}
            """, token);
        await Upload.ForgetAsync(db, turn.Id, token);
    }, cancellationToken);

    public Task RollBackAsync(UploadTurn turn, CancellationToken cancellationToken) => db.InOrganisationAsync(turn.OrganisationId, async token =>
    {
        await Upload.HoldAsync(db, turn, token);
        await restore.RunAsync(db, turn, token);
    }, cancellationToken);
}
