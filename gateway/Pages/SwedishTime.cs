using System.Globalization;

namespace Ums.Gateway.Pages;

/// <summary>Times on the pages are those of the clocks in Sweden, wherever the server or the reader is.</summary>
internal static class SwedishTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static string Of(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-dd HH.mm", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>14.05, or 14.05.30.</summary>
    public static string Clock(DateTimeOffset time, bool seconds) => TimeZoneInfo.ConvertTime(time, Zone).ToString(seconds ? "HH.mm.ss" : "HH.mm", CultureInfo.InvariantCulture);

    public static string ForInput(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    /// <returns>Null where it is no time, or one that the change to summer time leaves out.</returns>
    public static DateTimeOffset? Read(string typed) =>
        DateTime.TryParseExact(typed, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH.mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        && !Zone.IsInvalidTime(local) ? new DateTimeOffset(local, Zone.GetUtcOffset(local)) : null;
}
