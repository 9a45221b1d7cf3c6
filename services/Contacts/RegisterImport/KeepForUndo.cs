using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.RegisterImport;

/// <summary>Before a merge: copies of all that it will change or erase, for a roll-back. Who is added needs none, and of a protected identity none is kept.</summary>
internal static class KeepForUndo
{
    public static async Task SaveAsync(ContactsDb db, Guid upload, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            create temporary table touched on commit drop as
            select id, version from leaving where not protected union all select id, version from arriving where not is_added
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into register_undo (upload_id, organisation_id, contact_id, version, what, row)
            select {upload}, c.organisation_id, c.id, t.version, 'contact', to_jsonb(c) from touched t join contacts c on c.id = t.id
            union all
            select {upload}, p.organisation_id, t.id, t.version, 'phone', to_jsonb(p) from touched t join phones p on p.contact_id = t.id
            union all
            select {upload}, a.organisation_id, t.id, t.version, 'address', to_jsonb(a) - 'position' from touched t join addresses a on a.contact_id = t.id
            """, cancellationToken);
    }
}
