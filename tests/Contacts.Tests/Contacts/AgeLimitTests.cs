using System.Globalization;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Tests.Contacts;

public sealed class AgeLimitTests
{
    [Theory]
    [InlineData("2010-11-23", "2026-11-22", false)]
    [InlineData("2010-11-23", "2026-11-23", true)]
    [InlineData("2008-02-29", "2024-02-28", false)]
    [InlineData("2008-02-29", "2024-02-29", true)]
    [InlineData("1931-01-01", "2026-11-23", true)]
    public void a_person_is_sent_to_from_the_sixteenth_birthday(string birthDate, string day, bool maySend) =>
        Assert.Equal(maySend, AgeLimit.MayBeSent(ContactKind.Private, Date(birthDate), Date(day)));

    [Fact]
    public void a_company_contact_is_sent_to_without_a_birth_date_and_a_private_person_is_not()
    {
        Assert.True(AgeLimit.MayBeSent(ContactKind.Company, null, Date("2026-11-23")));
        Assert.False(AgeLimit.MayBeSent(ContactKind.Private, null, Date("2026-11-23")));
    }

    [Theory]
    [InlineData("2026-11-22T22:59:59Z", "2026-11-22")]
    [InlineData("2026-11-22T23:00:00Z", "2026-11-23")]
    [InlineData("2026-06-30T21:59:59Z", "2026-06-30")]
    [InlineData("2026-06-30T22:00:00Z", "2026-07-01")]
    public void the_day_is_Swedens_in_winter_and_in_summer(string now, string day) =>
        Assert.Equal(Date(day), AgeLimit.SwedishDay(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
