using Ums.Contacts.Contacts;

namespace Ums.Contacts.Tests.Contacts;

public sealed class PersonFieldsTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("19610412")]
    [InlineData("20080229")]
    [InlineData("20261123")]
    public void a_day_that_has_been_is_a_birth_date(string text) => Assert.Null(PersonFields.BirthDate(text, Today).Fault);

    [Theory]
    [InlineData(null, "required")]
    [InlineData(" ", "required")]
    [InlineData("610412", "not-a-date")]
    [InlineData("1961-04-12", "not-a-date")]
    [InlineData("20260229", "not-a-date")]
    [InlineData("19611312", "not-a-date")]
    [InlineData("20261124", "not-a-date")]
    [InlineData("18000101", "not-a-date")]
    [InlineData("١٩٦١٠٤١٢", "not-a-date")]
    [InlineData("19610412'; drop table contacts --", "not-a-date")]
    public void anything_else_is_not(string? text, string fault) => Assert.Equal(fault, PersonFields.BirthDate(text, Today).Fault);

    [Theory]
    [InlineData("Åsa-Märta")]
    [InlineData("O'Brien Núñez")]
    [InlineData("Áile Máret")]
    [InlineData("محمد الأحمد")]
    [InlineData("שרה כהן")]
    [InlineData("王小明")]
    [InlineData("👩‍👩‍👧 Regnbåge 🌈")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Robert'); DROP TABLE contacts;--")]
    [InlineData("{{7*7}} ${jndi:ldap://x} %s%n")]
    [InlineData("=HYPERLINK(\"http://x\")")]
    public void a_name_is_kept_exactly_whatever_it_looks_like(string name) => Assert.Equal((name, null), PersonFields.Name(name));

    [Fact]
    public void a_name_typed_with_loose_accents_is_composed_and_spaces_around_it_go() =>
        Assert.Equal("Åsa", PersonFields.Name("  A\u030Asa ").Value);

    [Theory]
    [InlineData(null, "required")]
    [InlineData("", "required")]
    [InlineData("   ", "required")]
    [InlineData("a\0b", "bad-characters")]
    [InlineData("a\nb", "bad-characters")]
    [InlineData("a\u202Eb", "bad-characters")]
    [InlineData("a\uD800b", "bad-characters")]
    [InlineData("a\u2028b", "bad-characters")]
    public void what_cannot_be_written_is_no_name(string? name, string fault) => Assert.Equal(fault, PersonFields.Name(name).Fault);

    [Fact]
    public void a_name_has_a_hundred_signs_at_most()
    {
        Assert.Null(PersonFields.Name(new string('å', 100)).Fault);
        Assert.Equal("too-long", PersonFields.Name(new string('å', 101)).Fault);
        Assert.Equal("too-long", PersonFields.Name(new string('å', 1_000_000)).Fault);
    }

    [Theory]
    [InlineData("556036-0793", "5560360793")]
    [InlineData(" 2021005489 ", "2021005489")]
    public void an_organisation_number_checks_itself(string text, string digits) => Assert.Equal((digits, null), PersonFields.OrganisationNumber(text));

    [Theory]
    [InlineData(null, "required")]
    [InlineData("556036-0794", "not-an-organisation-number")]
    [InlineData("19610412-1234", "not-an-organisation-number")]
    [InlineData("811228-9874", "not-an-organisation-number")]
    [InlineData("five", "not-an-organisation-number")]
    public void a_wrong_one_is_refused(string? text, string fault) => Assert.Equal(fault, PersonFields.OrganisationNumber(text).Fault);
}
