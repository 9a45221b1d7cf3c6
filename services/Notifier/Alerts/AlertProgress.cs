using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Alerts;

/// <summary>What an alert had come to at a moment, kept for its report.</summary>
internal static class AlertProgress
{
    /// <summary>In the transaction of whoever tells the bus the same.</summary>
    public static Task KeepAsync(NotifierDb db, Alert alert, AlertCounts counts, DateTimeOffset now, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        insert into alert_progress (alert_id, at, organisation_id, handed_over, delivered, failed)
        values ({alert.Id}, {now}, {alert.OrganisationId}, {counts.HandedOver}, {counts.Delivered}, {counts.Failed + counts.Expired}) on conflict do nothing
        """, cancellationToken);
}
