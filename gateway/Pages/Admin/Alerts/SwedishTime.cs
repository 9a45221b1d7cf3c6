using System.Globalization;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>Times on the operators' pages are those of the clocks in Sweden, wherever the server or the laptop is.</summary>
internal static class SwedishTime
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static string Of(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-dd HH.mm", CultureInfo.InvariantCulture);

    public static string ForInput(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    /// <returns>Null where it is no time, or one that the change to summer time leaves out.</returns>
    public static DateTimeOffset? Read(string typed) =>
        DateTime.TryParseExact(typed, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH.mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
        && !Zone.IsInvalidTime(local) ? new DateTimeOffset(local, Zone.GetUtcOffset(local)) : null;
}
