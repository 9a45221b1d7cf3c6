using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Messages.Events;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Dispatch;

/// <summary>
/// Looks after alerts several times a second: starts what is due, holds back in quiet hours, asks Contacts again, tells of progress, ends what is over. Every step
/// asks the tables and takes an alert's row first, so any number of replicas may do it, and after a crash the next look goes on.
/// </summary>
internal sealed partial class KeepAlerts(
    IServiceScopeFactory scopes, IOptions<AlertDefaults> defaults, WindUp windUp, LiveAlerts live, TimeProvider clock, ILogger<KeepAlerts> log) : BackgroundService
{
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromSeconds(1);
    private long told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(defaults.Value.Glance, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
                await LookAsync(db, scope.ServiceProvider.GetRequiredService<StartAlert>(), await DatabaseClock.NowAsync(db, stoppingToken), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    /// <param name="now">By the database's clock.</param>
    internal async Task LookAsync(NotifierDb db, StartAlert start, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await db.AcrossOrganisationsAsync(token => db.Alerts.AnyAsync(a => a.State == AlertState.Approved || a.State == AlertState.Resolving || a.State == AlertState.Sending
            || (a.State == AlertState.Cancelled && a.SettledAt == null && a.StartedAt != null), token), cancellationToken))
        {
            return;
        }
        await db.AcrossOrganisationsAsync(token => HoldAsync(db, now, token), cancellationToken);
        if (await db.AcrossOrganisationsAsync(token => StartDueAsync(db, start, now, token), cancellationToken))
        {
            live.Ring();
        }
        await db.AcrossOrganisationsAsync(token => AskAgainAsync(db, now, token), cancellationToken);
        await windUp.RunAsync(db, now, cancellationToken);
        await db.AcrossOrganisationsAsync(token => EndAsync(db, now, token), cancellationToken);
        if (clock.GetElapsedTime(told) > BetweenTellings)
        {
            told = clock.GetTimestamp();
            await db.AcrossOrganisationsAsync(token => TellAsync(db, now, token), cancellationToken);
        }
    }

    private Task<int> HoldAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, to) = (defaults.Value.QuietFrom, defaults.Value.QuietTo);
        var local = QuietHours.Local(now);
        return db.Database.ExecuteSqlAsync($"""
            update alerts a set held = q.quiet from (
                select a.id, not a.test and not (a.options ->> 'dangerToLife')::boolean and case
                    when h.f <= h.t then {local} >= h.f and {local} < h.t
                    else {local} >= h.f or {local} < h.t end as quiet
                from alerts a left join alert_settings s on s.organisation_id = a.organisation_id
                cross join lateral (select coalesce(s.quiet_from, {from}) as f, coalesce(s.quiet_to, {to}) as t) h
                where a.state in ('approved', 'resolving', 'sending')) q
            where a.id = q.id and a.held <> q.quiet
            """, cancellationToken);
    }

    private static async Task<bool> StartDueAsync(NotifierDb db, StartAlert start, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await db.Alerts
            .FromSql($"select * from alerts where state = 'approved' and not held and (send_at is null or send_at <= {now}) limit 20 for update skip locked")
            .ToListAsync(cancellationToken);
        foreach (var alert in due)
        {
            await start.RunAsync(db, alert, now, cancellationToken);
        }
        return due.Count > 0;
    }

    private async Task<int> AskAgainAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - defaults.Value.AskAgain;
        var stuck = await db.Alerts
            .FromSql($"""
                select * from alerts where state in ('resolving', 'sending') and heard_at < {before} and (batches_in_all is null or batches < batches_in_all) limit 20 for update skip locked
                """)
            .ToListAsync(cancellationToken);
        foreach (var alert in stuck)
        {
            var missing = (await db.Database.SqlQuery<int>($"""
                select n as "Value" from generate_series(0, {alert.Batches}) n where not exists (select from alert_batches b where b.alert_id = {alert.Id} and b.number = n) order by n limit 1
                """).ToListAsync(cancellationToken)).Single();
            StartAlert.Ask(db, alert, missing, now);
        }
        return stuck.Count;
    }

    /// <summary>Each verdict is one statement's: a receipt that came between two would show everyone heard of in the one, and nobody waiting in the other.</summary>
    private static async Task<int> EndAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var handedOver = await db.Alerts
            .FromSql($"""
                select * from alerts a where a.state in ('resolving', 'sending') and a.handed_over_at is null and (a.batches = a.batches_in_all or a.expires_at <= {now})
                    and 0 = (select coalesce(sum(t.waiting + t.sending + t.unknown), 0) from alert_tallies t where t.alert_id = a.id)
                for update skip locked
                """)
            .ToListAsync(cancellationToken);
        handedOver.ForEach(alert => alert.HandedOverAt = now);
        var over = await db.Alerts
            .FromSql($"""
                select * from alerts a where a.state in ('resolving', 'sending') and (a.batches = a.batches_in_all or a.expires_at <= {now})
                    and not exists (select from alert_attempts t where t.alert_id = a.id and t.next_at is not null)
                    and not exists (select from alert_claims c where c.alert_id = a.id)
                    and 0 = (select coalesce(sum(t.waiting + t.sending + t.unknown + t.accepted), 0) from alert_tallies t where t.alert_id = a.id)
                for update skip locked
                """)
            .ToListAsync(cancellationToken);
        foreach (var alert in over)
        {
            var counts = await AlertCounts.OfAsync(db, alert.Id, cancellationToken);
            await AlertProgress.KeepAsync(db, alert, counts, now, cancellationToken);
            (alert.State, alert.HandedOverAt, alert.EndedAt) = (AlertState.Completed, alert.HandedOverAt ?? now, now);
            db.Publish(new AlertCompleted(alert.Id, alert.OrganisationId, counts.Recipients, counts.Delivered, counts.Failed, counts.Expired, now));
        }
        return over.Count;
    }

    private static async Task<int> TellAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alerts = await db.Alerts.FromSql($"select * from alerts where state = 'sending' for update skip locked").ToListAsync(cancellationToken);
        var counts = await AlertCounts.OfAsync(db, alerts.ConvertAll(alert => alert.Id), cancellationToken);
        foreach (var alert in alerts)
        {
            var count = counts.GetValueOrDefault(alert.Id, AlertCounts.None);
            var text = $"{count.Recipients} {count.Accepted} {count.Delivered} {count.Failed} {count.Acknowledged}";
            if (alert.Told != text)
            {
                alert.Told = text;
                await AlertProgress.KeepAsync(db, alert, count, now, cancellationToken);
                db.Publish(new AlertProgressed(alert.Id, alert.OrganisationId, count.Recipients, count.Accepted, count.Delivered, count.Failed, count.Acknowledged, now));
            }
        }
        return alerts.Count;
    }

    [LoggerMessage(1, LogLevel.Warning, "Alerts could not be looked after; the next look follows")]
    private static partial void Failed(ILogger logger, Exception exception);
}
