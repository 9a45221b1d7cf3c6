namespace Ums.Contacts.Contacts;

/// <summary>Nobody under sixteen registers or is sent anything. The day is Sweden's, and for sending it is the day of sending.</summary>
internal static class AgeLimit
{
    private const int Years = 16;
    private static readonly TimeZoneInfo Sweden = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    public static DateOnly SwedishDay(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Sweden).DateTime);

    public static bool IsOldEnough(DateOnly birthDate, DateOnly day) => birthDate.AddYears(Years) <= day;

    /// <summary>The rule for sending. A company's contact person has no birth date here; a private person without one is not sent to.</summary>
    public static bool MayBeSent(ContactKind kind, DateOnly? birthDate, DateOnly day) =>
        kind == ContactKind.Company || (birthDate is { } born && IsOldEnough(born, day));
}
