using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Alerts;

/// <summary>Takes away from the dispatchers whoever still waits: those never tried, and those whose next attempt is due. What is under way settles by itself.</summary>
internal static class StopWaiting
{
    private const short Shard = 102;

    public static async Task RunAsync(NotifierDb db, Alert alert, bool cancelled, CancellationToken cancellationToken)
    {
        var word = cancelled ? "cancelled" : "expired";
        var never = (await db.Database.SqlQuery<int>($"""
            with gone as (update alert_slices set state = {word} where alert_id = {alert.Id} and state = 'waiting' returning count)
            select coalesce(sum(count), 0)::int as "Value" from gone
            """).ToListAsync(cancellationToken)).Single();
        // Tried before, and not with success: that is how it ends for them. A call that was answered once, and was to be repeated, is delivered all the same.
        var again = (await db.Database.SqlQuery<int>($"""
            with gone as (
                update alert_attempts set next_at = null, next_rounds = null, next_channel = null where alert_id = {alert.Id} and next_at is not null returning slice_id, n, state)
            select count(*)::int as "Value" from gone where state in ('not-sent', 'failed')
                and not exists (select from alert_attempts a where a.slice_id = gone.slice_id and a.n = gone.n and a.state = 'delivered')
            """).ToListAsync(cancellationToken)).Single();
        if (never + again == 0)
        {
            return;
        }
        await db.Database.ExecuteSqlAsync($"""
            insert into alert_tallies as t (alert_id, shard, organisation_id, waiting, cancelled, expired, failed)
            values ({alert.Id}, {Shard}, {alert.OrganisationId}, {-never - again}, {(cancelled ? never : 0)}, {(cancelled ? 0 : never)}, {again})
            on conflict (alert_id, shard) do update set waiting = t.waiting + excluded.waiting, cancelled = t.cancelled + excluded.cancelled,
                expired = t.expired + excluded.expired, failed = t.failed + excluded.failed
            """, cancellationToken);
    }
}
