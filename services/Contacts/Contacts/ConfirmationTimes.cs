namespace Ums.Contacts.Contacts;

/// <summary>When a resident is asked whether their own entry is still right, and when it becomes passive without an answer.</summary>
internal static class ConfirmationTimes
{
    private const int RemindAfterMonths = 16;
    private const int PassiveAfterMonths = 18;

    /// <summary>By the clock in Sweden: nobody is asked at night, nor while they eat.</summary>
    private static readonly TimeOnly From = new(10, 0);
    private static readonly TimeOnly To = new(17, 0);
    private static readonly TimeZoneInfo Sweden = TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm");

    /// <summary>Whoever gave their word before this is asked for it again.</summary>
    public static DateTimeOffset RemindWhoConfirmedBy(DateTimeOffset now) => now.AddMonths(-RemindAfterMonths);

    /// <summary>Whoever was reminded before this and has not answered is passive. It counts from the reminder, so that nobody becomes so without one.</summary>
    public static DateTimeOffset PassiveWhoWasRemindedBy(DateTimeOffset now) => now.AddMonths(RemindAfterMonths - PassiveAfterMonths);

    public static DateTimeOffset AnswerBy(DateTimeOffset remindedAt) => remindedAt.AddMonths(PassiveAfterMonths - RemindAfterMonths);

    public static bool MayAsk(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Sweden);
        return local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && TimeOnly.FromTimeSpan(local.TimeOfDay) is var time && time >= From && time < To;
    }
}
