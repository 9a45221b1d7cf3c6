using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Alerts;

/// <summary>
/// The clock by which an alert begins, is held back and ends. There is one database and there are many replicas: a single one whose clock is an hour ahead
/// would else end everybody's alerts.
/// </summary>
internal static class DatabaseClock
{
    /// <returns>When the open transaction began, or else now.</returns>
    public static async Task<DateTimeOffset> NowAsync(NotifierDb db, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<DateTimeOffset>($"""select now() as "Value" """).ToListAsync(cancellationToken)).Single();
}
