using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Messages.Events;

namespace Ums.Contacts.RegisterImport;

/// <summary>
/// Merges the staged rows into the contacts, set by set, in the open transaction of the organisation. What a resident changed or switched off stands:
/// numbers and addresses they removed do not come back, switched-off stays switched off, and a main address they chose stays the main one.
/// </summary>
internal sealed class MergeRegister(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<ImportOutcome> RunAsync(ContactsDb db, Import import, int refused, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.Database.SetCommandTimeout(Patience);
        // A register is joined whole; with the usual few megabytes that goes by way of the disk.
        await db.Database.ExecuteSqlAsync($"set local work_mem = '128MB'", cancellationToken);
        await OneAtATimeAsync(db, import, cancellationToken);

        await FindLeavingAsync(db, import, cancellationToken);
        await FindArrivingAsync(db, import, cancellationToken);
        if (import.Upload is { } upload)
        {
            await KeepForUndo.SaveAsync(db, upload, cancellationToken);
        }
        await KeepSwitchOffsAsync(db, now, cancellationToken);
        await HandOverToResidentsAsync(db, now, cancellationToken);
        await EraseAsync(db, import, now, cancellationToken);
        await WritePersonsAsync(db, now, cancellationToken);
        await WritePhonesAsync(db, now, cancellationToken);
        await WriteAddressesAsync(db, now, cancellationToken);

        await FillMainAsync(db, cancellationToken);
        await MarkComparedAsync(db, cancellationToken);
        await WriteAuditAsync(db, import, now, cancellationToken);
        return await CloseAsync(db, import, refused, now, cancellationToken);
    }

    private static async Task OneAtATimeAsync(ContactsDb db, Import import, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('register ' || {import.Organisation}::text, 0))", cancellationToken);

    /// <summary>Protected identities leave at once. Whose processing is restricted stays as it is. Who is missing in a complete register leaves too, but stays as the resident's own entry where they had added an address.</summary>
    private static async Task FindLeavingAsync(ContactsDb db, Import import, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync($"""
        create temporary table leaving on commit drop as
        select c.id, c.register_key, c.version + 1 as version, coalesce(r.protected, false) as protected, not coalesce(r.protected, false)
            and exists (select 1 from addresses a where a.contact_id = c.id and a.source = 'supplementaryRegister') as stays
        from contacts c left join register_rows r on r.import_id = {import.Id} and r.register_key = c.register_key
        where c.organisation_id = {import.Organisation} and c.register_key is not null
            and (r.protected or (r.register_key is null and {import.Complete} and c.restricted_at is null))
        """, cancellationToken);

    /// <summary>Who had switched something off, removed it or objected does not come back to full sending should the register know them again one day.</summary>
    private static async Task KeepSwitchOffsAsync(ContactsDb db, DateTimeOffset now, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync($"""
        insert into opt_outs (organisation_id, register_key, at)
        select ums_organisation(), l.register_key, {now} from leaving l
        where exists (select 1 from addresses a where a.contact_id = l.id and (a.removed_by = 'resident' or (a.alerts_chosen and not a.alerts)))
            or exists (select 1 from phones p where p.contact_id = l.id and p.source = 'publicRegister' and p.removed_at is not null)
            or exists (select 1 from contacts c where c.id = l.id and c.silenced)
        on conflict do nothing
        """, cancellationToken);

    private static async Task HandOverToResidentsAsync(ContactsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            delete from addresses a using leaving l where l.stays and a.contact_id = l.id and a.source = 'publicRegister'
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            update phones p set source = 'supplementaryRegister' from leaving l where l.stays and p.contact_id = l.id
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            update contacts c set source = 'supplementaryRegister', register_key = null, register_print = null, version = l.version, changed_at = {now}
            from leaving l where l.stays and c.id = l.id
            """, cancellationToken);
    }

    private static async Task EraseAsync(ContactsDb db, Import import, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"delete from contacts c using leaving l where not l.stays and c.id = l.id", cancellationToken);
        await TellRemovedAsync(db, "leaving where not stays", import.Organisation, now, cancellationToken);
    }

    /// <summary>As <c>Publish</c> would, but by one statement: a register can lose a hundred thousand at once. The relay finds them within its second.</summary>
    /// <param name="gone">A table with <c>id</c> and <c>version</c>, and what it is narrowed by.</param>
    public static async Task TellRemovedAsync(ContactsDb db, string gone, Guid organisation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var tell = Statement.Of(db, $"""
            insert into outbox (message_id, type, organisation_id, payload)
            select uuid_v7(), $1, $2, jsonb_build_object('contactId', id, 'organisationId', $2::uuid, 'version', version, 'occurredAt', $3::timestamptz) from {gone}
            """, typeof(ContactRemoved).FullName, organisation, now);
        await tell.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task FindArrivingAsync(ContactsDb db, Import import, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            create temporary table arriving on commit drop as
            select coalesce(c.id, uuid_v7({Stem()}, row_number() over ())) as id, row_number() over () as nth, c.id is null as is_added, coalesce(c.version, 0) + 1 as version, o.register_key is not null as switched_off, r.*
            from register_rows r
            left join contacts c on c.organisation_id = {import.Organisation} and c.register_key = r.register_key
            left join opt_outs o on o.organisation_id = {import.Organisation} and o.register_key = r.register_key
            where r.import_id = {import.Id} and not r.protected and c.register_print is distinct from r.print and c.restricted_at is null
                and (c.id is not null or not coalesce(o.erased, false))
            """, cancellationToken);
        // Else the planner takes it for a handful of rows, and the larger the register the more that costs.
        await db.Database.ExecuteSqlAsync($"analyze arriving", cancellationToken);
    }

    private static async Task WritePersonsAsync(ContactsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            update contacts c set given_name = r.given_name, family_name = r.family_name, company_name = r.company_name, organisation_number = r.organisation_number,
                birth_date = r.birth_date, named = false, register_print = r.print, version = r.version, changed_at = {now}
            from arriving r
            where c.id = r.id and not r.is_added
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into contacts (id, organisation_id, kind, source, register_key, register_print, given_name, family_name, company_name, organisation_number,
                birth_date, is_new, version, created_at, changed_at)
            select r.id, r.organisation_id, r.kind, 'publicRegister', r.register_key, r.print, r.given_name, r.family_name, r.company_name, r.organisation_number,
                r.birth_date, false, r.version, {now}, {now}
            from arriving r
            where r.is_added
            """, cancellationToken);
    }

    /// <summary>A number that another entry holds stays there: the resident proved it, or the register said so first.</summary>
    private static async Task WritePhonesAsync(ContactsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            delete from phones p using arriving r
            where p.contact_id = r.id and not r.is_added and p.source = 'publicRegister' and p.removed_at is null
                and p.number_index is distinct from r.mobile_index and p.number_index is distinct from r.landline_index
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into phones (id, organisation_id, contact_id, contact_kind, kind, source, number, number_index, created_at)
            select uuid_v7(p.stem, r.nth), r.organisation_id, r.id, r.kind, p.kind, 'publicRegister', p.number, p.number_index, {now}
            from arriving r
            cross join lateral (values ('mobile', r.mobile, r.mobile_index, {Stem()}), ('landline', r.landline, r.landline_index, {Stem()})) as p (kind, number, number_index, stem)
            where p.number is not null
            on conflict do nothing
            """, cancellationToken);
    }

    /// <summary>A newcomer's only address is the main one at once: made so afterwards, each row would be written twice. The old home leaves; where the resident had chosen something about it, its row stays to remember that.</summary>
    private static async Task WriteAddressesAsync(ContactsDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            delete from addresses a using arriving r
            where a.contact_id = r.id and not r.is_added and a.source = 'publicRegister' and a.removed_at is null and a.address_id <> r.address_id and not a.alerts_chosen
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            update addresses a set main = false, removed_at = {now}, removed_by = 'register'
            from arriving r
            where a.contact_id = r.id and not r.is_added and a.source = 'publicRegister' and a.removed_at is null and a.address_id <> r.address_id
            """, cancellationToken);
        await InsertAddressesAsync(db, "is_added", "", now, cancellationToken);
        await InsertAddressesAsync(db, "not is_added", "on conflict (contact_id, address_id) do update set removed_at = null, removed_by = null where addresses.removed_by = 'register'",
            now, cancellationToken);
    }

    /// <param name="onConflict">Nothing for newcomers, who have no other: asking costs a look into the index for each.</param>
    private static async Task InsertAddressesAsync(ContactsDb db, string whose, string onConflict, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var insert = Statement.Of(db, $"""
            insert into addresses (id, organisation_id, contact_id, address_id, street, number, letter, postcode, place, municipality_code, source, main, alerts,
                gnr, bnr, fnr, snr, latitude, longitude, announced_at, created_at)
            select uuid_v7($1, r.nth), r.organisation_id, r.id, r.address_id, r.street, r.number, r.letter, r.postcode, r.place, r.municipality_code, 'publicRegister', r.is_added,
                not r.switched_off, r.gnr, r.bnr, r.fnr, r.snr, r.latitude, r.longitude, $2, $2
            from arriving r
            where {whose} {onConflict}
            """, Stem(), now);
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Who has lost the main address gets the register's, or else their oldest. Those it can be are few, and the planner is to know.</summary>
    private static async Task FillMainAsync(ContactsDb db, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            create temporary table remaining on commit drop as select id from arriving where not is_added union all select id from leaving where stays
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"analyze remaining", cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            update addresses set main = true where id in (
                select distinct on (a.contact_id) a.id from remaining r join addresses a on a.contact_id = r.id
                where a.removed_at is null and not exists (select 1 from addresses m where m.contact_id = a.contact_id and m.main)
                order by a.contact_id, a.source = 'publicRegister' desc, a.id)
            """, cancellationToken);
    }

    private static async Task MarkComparedAsync(ContactsDb db, CancellationToken cancellationToken) =>
        await db.Contacts.Where(contact => contact.IsNew).ExecuteUpdateAsync(contact => contact.SetProperty(c => c.IsNew, false), cancellationToken);

    private static async Task WriteAuditAsync(ContactsDb db, Import import, DateTimeOffset now, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync($"""
        insert into audit_entries (organisation_id, contact_id, at, actor, actor_id, action, version)
        select ums_organisation(), id, {now}, 'register', {import.Id}::text, case when is_added then 'register-added' else 'register-changed' end, version from arriving
        union all
        select ums_organisation(), id, {now}, 'register', {import.Id}::text, case when stays then 'register-left' else 'register-erased' end, version from leaving
        """, cancellationToken);

    private static async Task<ImportOutcome> CloseAsync(ContactsDb db, Import import, int refused, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var count = (await db.Database.SqlQuery<Count>($"""
            select (select count(*) from arriving where is_added)::int as added, (select count(*) from arriving where not is_added)::int as changed,
                (select count(*) from leaving)::int as gone
            """).ToListAsync(cancellationToken)).Single();
        await db.Database.ExecuteSqlAsync($"""
            insert into register_imports (id, organisation_id, register, complete, started_at, finished_at, added, changed, gone, refused)
            values ({import.Id}, {import.Organisation}, {import.Register}, {import.Complete}, {import.StartedAt}, {now}, {count.Added}, {count.Changed}, {count.Gone}, {refused})
            """, cancellationToken);
        // With what imports left behind that never came this far; an upload that waits for its approval has not been left.
        await db.Database.ExecuteSqlAsync($"""
            delete from register_rows where import_id = {import.Id}
                or (staged_at < now() - interval '1 day' and not exists (select 1 from register_uploads u where u.id = import_id and u.state in ('reading', 'ready', 'approved', 'merging')))
            """, cancellationToken);
        db.Publish(new RegisterImported(import.Id, import.Organisation, count.Added, count.Changed, count.Gone, refused, now));
        return new ImportOutcome(import.Id, count.Added, count.Changed, count.Gone, refused);
    }

    /// <summary>The beginning of the ids of one statement's rows; the row's number is the rest.</summary>
    private static string Stem() => Guid.CreateVersion7().ToString()[..28];

    private sealed record Count(int Added, int Changed, int Gone);
}
