using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Alerts;
using Ums.Notifier.Messages;

namespace Ums.Notifier.Dispatch;

/// <summary>Brings those to a final state whom an alert's end, by time or by a person, has found on their way.</summary>
internal sealed class WindUp(IDispatchStore store)
{
    private const int Shard = 104;
    private const int AttemptsAtOnce = 2000;

    /// <param name="now">By the database's clock.</param>
    public async Task RunAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var alert in await db.AcrossOrganisationsAsync(token => OverAsync(db, now, token), cancellationToken))
        {
            await db.InOrganisationAsync(alert.OrganisationId, token => StopWaiting.RunAsync(db, alert, cancelled: false, token), cancellationToken);
            await ExpireAsync(db, alert, cancellationToken);
        }
        foreach (var alert in await db.AcrossOrganisationsAsync(token => CancelledAsync(db, now, token), cancellationToken))
        {
            // Whoever settled while it was being cancelled may have found it still sending, and put somebody down for another attempt.
            await db.InOrganisationAsync(alert.OrganisationId, token => StopWaiting.RunAsync(db, alert, cancelled: true, token), cancellationToken);
            if (alert.ExpiresAt <= now)
            {
                await ExpireAsync(db, alert, cancellationToken);
                await db.InOrganisationAsync(alert.OrganisationId, token => SettleAsync(db, alert, now, token), cancellationToken);
            }
        }
    }

    private static Task<List<Alert>> OverAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Alerts.AsNoTracking().Where(a => (a.State == AlertState.Resolving || a.State == AlertState.Sending) && a.ExpiresAt <= now).ToListAsync(cancellationToken);

    private static Task<List<Alert>> CancelledAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken) => db.Alerts
        .FromSql($"""
            select * from alerts a where a.state = 'cancelled' and a.settled_at is null and a.started_at is not null
                and (a.expires_at <= {now} or exists (select from alert_attempts t where t.alert_id = a.id and t.next_at is not null))
            """)
        .AsNoTracking().ToListAsync(cancellationToken);

    private static async Task SettleAsync(NotifierDb db, Alert alert, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await AlertCounts.OfAsync(db, alert.Id, cancellationToken) is { Sending: 0, Unknown: 0, Accepted: 0 })
        {
            await db.Alerts.Where(a => a.Id == alert.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.SettledAt, now), cancellationToken);
        }
    }

    /// <summary>Of whom nothing has been heard by now nothing will be asked any more.</summary>
    private async Task ExpireAsync(NotifierDb db, Alert alert, CancellationToken cancellationToken)
    {
        long after = 0;
        while (true)
        {
            var slices = await db.InOrganisationAsync(alert.OrganisationId, token => db.Database.SqlQuery<long>(
                $"""select id as "Value" from alert_slices where alert_id = {alert.Id} and id > {after} order by id limit {AttemptsAtOnce / WriteRecipients.SliceSize}""").ToListAsync(token), cancellationToken);
            if (slices.Count == 0)
            {
                return;
            }
            var silent = await db.InOrganisationAsync(alert.OrganisationId, token => db.Database.SqlQuery<Guid>(
                $"""select id as "Value" from alert_attempts where slice_id = any({slices}) and state in ('accepted', 'unknown')""").ToListAsync(token), cancellationToken);
            await store.RecordAsync(silent.ConvertAll(id => new Outcome(id, DeliveryState.Expired, "no-receipt")), Shard, cancellationToken);
            after = slices[^1];
        }
    }
}
