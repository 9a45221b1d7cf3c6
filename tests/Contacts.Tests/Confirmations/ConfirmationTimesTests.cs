using System.Globalization;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Tests.Confirmations;

public sealed class ConfirmationTimesTests
{
    [Theory]
    [InlineData("2026-11-25T08:59:59Z", false)] // 09.59 in Sweden
    [InlineData("2026-11-25T09:00:00Z", true)]
    [InlineData("2026-11-25T15:59:59Z", true)]
    [InlineData("2026-11-25T16:00:00Z", false)]
    [InlineData("2026-07-01T07:59:59Z", false)] // summer time
    [InlineData("2026-07-01T08:00:00Z", true)]
    [InlineData("2026-07-01T15:00:00Z", false)]
    [InlineData("2026-11-28T12:00:00Z", false)] // Saturday
    [InlineData("2026-11-29T12:00:00Z", false)]
    [InlineData("2026-11-26T02:00:00Z", false)]
    public void people_are_asked_on_weekdays_in_the_daytime(string time, bool may) =>
        Assert.Equal(may, ConfirmationTimes.MayAsk(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)));

    [Fact]
    public void two_months_are_left_between_the_question_and_the_rest_whatever_the_month()
    {
        for (var day = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero); day.Year < 2028; day = day.AddDays(1))
        {
            Assert.InRange((ConfirmationTimes.AnswerBy(day) - day).TotalDays, 59, 62);
            Assert.True(ConfirmationTimes.PassiveWhoWasRemindedBy(ConfirmationTimes.AnswerBy(day).AddDays(3)) >= day);
            Assert.True(ConfirmationTimes.PassiveWhoWasRemindedBy(ConfirmationTimes.AnswerBy(day).AddDays(-4)) < day);
            Assert.InRange((day - ConfirmationTimes.RemindWhoConfirmedBy(day)).TotalDays, 485, 489);
        }
    }
}
