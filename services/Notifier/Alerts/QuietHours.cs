using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Alerts;

/// <summary>When people sleep, by the clock in Sweden. Norway keeps the same time.</summary>
internal static class QuietHours
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static TimeOnly Local(DateTimeOffset now) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);

    /// <summary>From the first minute until the last is over; over midnight where they begin later than they end, and never where both are equal.</summary>
    public static bool Hold(TimeOnly from, TimeOnly to, TimeOnly local) => from <= to ? local >= from && local < to : local >= from || local < to;

    public static async Task<bool> AreNowAsync(NotifierDb db, Guid organisation, DateTimeOffset now, AlertDefaults defaults, CancellationToken cancellationToken)
    {
        var settings = await db.AlertSettings.AsNoTracking().SingleOrDefaultAsync(s => s.OrganisationId == organisation, cancellationToken) ?? defaults.Of(organisation);
        return Hold(settings.QuietFrom, settings.QuietTo, Local(now));
    }
}
