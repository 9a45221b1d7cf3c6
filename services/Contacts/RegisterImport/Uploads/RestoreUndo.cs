using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>
/// Puts back what an import changed, set by set, in the open transaction. An entry that has changed since, by the resident's hand, stays as it is; so does a number
/// that somebody else has proved since.
/// </summary>
internal sealed class RestoreUndo(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task RunAsync(ContactsDb db, UploadTurn turn, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.Database.SetCommandTimeout(Patience);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('register ' || {turn.OrganisationId}::text, 0))", cancellationToken);
        await FindAsync(db, turn, cancellationToken);
        await RemoveAddedAsync(db, turn, now, cancellationToken);
        await PutBackAsync(db, turn, now, cancellationToken);
        await WriteDownAsync(db, turn, now, cancellationToken);
    }

    private static async Task FindAsync(ContactsDb db, UploadTurn turn, CancellationToken cancellationToken)
    {
        // All that one merge adds has its moment; whoever has another version was changed since.
        await db.Database.ExecuteSqlAsync($"""
            create temporary table unadded on commit drop as
            select c.id, c.version + 1 as version from contacts c join register_imports i on i.id = {turn.Id}
            where c.organisation_id = {turn.OrganisationId} and c.register_key is not null and c.created_at = i.finished_at and c.version = 1
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            create temporary table restored on commit drop as
            select u.contact_id as id, u.version + 1 as version, u.row from register_undo u left join contacts c on c.id = u.contact_id
            where u.upload_id = {turn.Id} and u.what = 'contact' and (c.version = u.version or (c.id is null and not exists (
                select 1 from contacts o where o.organisation_id = {turn.OrganisationId} and o.register_key = (u.row ->> 'register_key')::bytea)))
            """, cancellationToken);
    }

    private static async Task RemoveAddedAsync(ContactsDb db, UploadTurn turn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"delete from contacts c using unadded u where c.id = u.id", cancellationToken);
        await MergeRegister.TellRemovedAsync(db, "unadded", turn.OrganisationId, now, cancellationToken);
    }

    private static async Task PutBackAsync(ContactsDb db, UploadTurn turn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"delete from contacts c using restored r where c.id = r.id", cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into contacts (id, organisation_id, kind, source, register_key, register_print, given_name, family_name, company_name, organisation_number, birth_date,
                name_hidden, protected, restricted_at, restriction_reason, objected_at, objection_reason, is_new, main_chosen, version, created_at, changed_at)
            select c.id, c.organisation_id, c.kind, c.source, c.register_key, c.register_print, c.given_name, c.family_name, c.company_name, c.organisation_number, c.birth_date,
                c.name_hidden, coalesce(c.protected, false), c.restricted_at, c.restriction_reason, c.objected_at, c.objection_reason, c.is_new, c.main_chosen, r.version, c.created_at, {now}
            from restored r cross join lateral jsonb_populate_record(null::contacts, r.row) c
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into phones (id, organisation_id, contact_id, contact_kind, kind, source, number, number_index, created_at, removed_at, removed_in_session)
            select p.id, p.organisation_id, p.contact_id, p.contact_kind, p.kind, p.source, p.number, p.number_index, p.created_at, p.removed_at, p.removed_in_session
            from restored r join register_undo u on u.upload_id = {turn.Id} and u.contact_id = r.id and u.what = 'phone'
            cross join lateral jsonb_populate_record(null::phones, u.row) p
            on conflict do nothing
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into addresses (id, organisation_id, contact_id, address_id, street, number, letter, postcode, place, municipality_code, source, main, alerts, alerts_chosen,
                gnr, bnr, fnr, snr, latitude, longitude, not_located, announced_at, announced, created_at, removed_at, removed_by)
            select a.id, a.organisation_id, a.contact_id, a.address_id, a.street, a.number, a.letter, a.postcode, a.place, a.municipality_code, a.source, a.main, a.alerts, a.alerts_chosen,
                a.gnr, a.bnr, a.fnr, a.snr, a.latitude, a.longitude, a.not_located, a.announced_at, a.announced, a.created_at, a.removed_at, a.removed_by
            from restored r join register_undo u on u.upload_id = {turn.Id} and u.contact_id = r.id and u.what = 'address'
            cross join lateral jsonb_populate_record(null::addresses, u.row) a
            """, cancellationToken);
    }

    private static async Task WriteDownAsync(ContactsDb db, UploadTurn turn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            insert into audit_entries (organisation_id, contact_id, at, actor, actor_id, action, version)
            select {turn.OrganisationId}, id, {now}, 'register', {turn.Id}::text, 'register-rolled-back', version from restored
            union all select {turn.OrganisationId}, id, {now}, 'register', {turn.Id}::text, 'register-addition-rolled-back', version from unadded
            """, cancellationToken);
        // What the import remembered of those it erased stands on their entries again.
        await db.Database.ExecuteSqlAsync($"""
            delete from opt_outs o using restored r, register_imports i
            where i.id = {turn.Id} and o.organisation_id = {turn.OrganisationId} and o.at = i.finished_at and o.register_key = (r.row ->> 'register_key')::bytea
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"update register_imports set undone_at = {now} where id = {turn.Id}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from register_undo where upload_id = {turn.Id}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"update register_uploads set state = 'rolled-back', ended_at = {now}, lease_token = null where id = {turn.Id}", cancellationToken);
    }
}
