using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ums.Notifier.Alerts;

/// <summary>Removes an alert's texts and recipients when the organisation's time for them is over. The alert's row and its counts stay. A little at a time: a million rows are no single statement.</summary>
internal sealed partial class ForgetAlerts(IServiceScopeFactory scopes, IOptions<AlertDefaults> defaults, TimeProvider clock, ILogger<ForgetAlerts> log) : BackgroundService
{
    private const int SlicesAtOnce = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await CleanAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), defaults.Value, clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    internal static async Task CleanAsync(NotifierDb db, AlertDefaults defaults, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.AcrossOrganisationsAsync(token => db.Database.ExecuteSqlAsync($"""
            with due as (
                select a.id from alerts a left join alert_settings s using (organisation_id)
                where a.content is not null and a.ended_at < {now} - make_interval(days => coalesce(s.text_days, {defaults.TextDays}))),
            history as (update alert_history h set before = null from due where h.alert_id = due.id and h.before is not null)
            update alerts a set content = null, title = '' from due where a.id = due.id
            """, token), cancellationToken);
        // First, because it is what tells a correction that there is nobody any more; and of alerts that reached nobody too.
        await db.AcrossOrganisationsAsync(token => db.Database.ExecuteSqlAsync($"""
            update alerts a set audience = null from alerts d left join alert_settings s using (organisation_id)
            where a.id = d.id and d.audience is not null and d.ended_at < {now} - make_interval(days => coalesce(s.recipient_days, {defaults.RecipientDays}))
            """, token), cancellationToken);
        while (await db.AcrossOrganisationsAsync(token => SomeRecipientsAsync(db, defaults, now, token), cancellationToken) > 0)
        {
            // The next hundred slices.
        }
    }

    private static Task<int> SomeRecipientsAsync(NotifierDb db, AlertDefaults defaults, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        with due as (
            select s.id, a.id as alert_id from alerts a left join alert_settings o using (organisation_id) join alert_slices s on s.alert_id = a.id
            where a.ended_at < {now} - make_interval(days => coalesce(o.recipient_days, {defaults.RecipientDays})) limit {SlicesAtOnce}),
        names as (delete from alert_references f using due where f.alert_id = due.alert_id),
        attempts as (delete from alert_attempts t using due where t.slice_id = due.id),
        recipients as (delete from alert_recipients r using due where r.slice_id = due.id)
        delete from alert_slices s using due where s.id = due.id
        """, cancellationToken);

    [LoggerMessage(1, LogLevel.Warning, "Old alerts could not be removed; the next round follows")]
    private static partial void Failed(ILogger logger, Exception exception);
}
