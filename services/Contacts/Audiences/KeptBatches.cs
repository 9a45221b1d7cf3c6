using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Messages.Commands;

namespace Ums.Contacts.Audiences;

/// <summary>
/// What was answered, kept for a day: a broker that loses its disk loses messages that it had confirmed, and the same people must then be named again, not those
/// whom the question would find by now.
/// </summary>
internal static class KeptBatches
{
    private const int AtOnce = 20;

    public static Task KeepAsync(ContactsDb db, AudienceBatch batch, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        insert into audience_batches (alert_id, number, organisation_id, is_last, count, sealed)
        values ({batch.AlertId}, {batch.Number}, {batch.OrganisationId}, {batch.IsLast}, {batch.Count}, {batch.Sealed})
        """, cancellationToken);

    public static async Task SayAgainAsync(ContactsDb db, Guid alert, Guid organisation, int from, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            var kept = await db.Database.SqlQuery<Kept>($"""
                select number, is_last, count, sealed from audience_batches where alert_id = {alert} and organisation_id = {organisation} and number >= {from} order by number limit {AtOnce}
                """).ToListAsync(cancellationToken);
            if (kept.Count == 0)
            {
                return;
            }
            foreach (var batch in kept)
            {
                db.Publish(new AudienceBatch(alert, organisation, batch.Number, batch.IsLast, batch.Count, batch.Sealed, clock.GetUtcNow()));
            }
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            from = kept[^1].Number + 1;
        }
    }

    public static Task ForgetOldAsync(ContactsDb db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"delete from audience_batches where kept_at < now() - interval '1 day'", cancellationToken);

    private sealed record Kept(int Number, bool IsLast, int Count, byte[] Sealed);
}
