using CsCheck;
using Ums.ServiceDefaults.Phones;

namespace Ums.ServiceDefaults.Tests.Phones;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("070-174 06 05", "+46701740605", PhoneKind.Mobile)]
    [InlineData("0701740605", "+46701740605", PhoneKind.Mobile)]
    [InlineData("+46 70 174 06 05", "+46701740605", PhoneKind.Mobile)]
    [InlineData("+46(0)70-1740605", "+46701740605", PhoneKind.Mobile)]
    [InlineData("+46 (0) 70 174 06 05", "+46701740605", PhoneKind.Mobile)]
    [InlineData("0046701740605", "+46701740605", PhoneKind.Mobile)]
    [InlineData("070.174.06.05", "+46701740605", PhoneKind.Mobile)]
    [InlineData("\u00a0070\u2011174 06 05 ", "+46701740605", PhoneKind.Mobile)]
    [InlineData("072-174 06 05", "+46721740605", PhoneKind.Mobile)]
    [InlineData("073-174 06 05", "+46731740605", PhoneKind.Mobile)]
    [InlineData("076-174 06 05", "+46761740605", PhoneKind.Mobile)]
    [InlineData("079-174 06 05", "+46791740605", PhoneKind.Mobile)]
    [InlineData("08-465 004 05", "+46846500405", PhoneKind.Landline)]
    [InlineData("031-390 06 05", "+46313900605", PhoneKind.Landline)]
    [InlineData("040-628 04 05", "+46406280405", PhoneKind.Landline)]
    [InlineData("0980-319 205", "+46980319205", PhoneKind.Landline)]
    [InlineData("0910-123 45", "+4691012345", PhoneKind.Landline)]
    [InlineData("010-555 12 34", "+46105551234", PhoneKind.Landline)]
    public void is_read(string text, string e164, PhoneKind kind)
    {
        Assert.True(PhoneNumber.TryParse(text, norwegian: false, out var number, out _), text);
        Assert.Equal(e164, number!.E164);
        Assert.Equal(kind, number.Kind);
        Assert.Equal(number, PhoneNumber.Parse(e164));
    }

    [Theory]
    [InlineData("0900-123 45 67")] // premium
    [InlineData("0939-123 45 67")]
    [InlineData("0944-123 45 67")]
    [InlineData("077-123 45 67")] // shared cost
    [InlineData("0771-23 45 67")]
    [InlineData("074-123 45 67")] // paging
    [InlineData("020-12 34 56")] // freephone
    [InlineData("+47 40 00 00 01")] // foreign
    [InlineData("+45 20 12 34 56")]
    [InlineData("+1 202 555 0143")]
    [InlineData("+882 16 1234 5678")] // satellite
    public void is_a_number_but_not_allowed(string text)
    {
        Assert.False(PhoneNumber.TryParse(text, norwegian: false, out var number, out var refusal), text);
        Assert.Null(number);
        Assert.Equal(PhoneRefusal.NotAllowed, refusal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("112")]
    [InlineData("118 118")]
    [InlineData("070-174 06 0")] // a digit too few
    [InlineData("070-174 06 055")] // and too many
    [InlineData("08-12")]
    [InlineData("+46")]
    [InlineData("+")]
    [InlineData("070-174 O6 05")] // a letter
    [InlineData("0701740605;ext=1")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("07017406050701740605070174060507017406050")]
    [InlineData("😀")]
    public void is_refused(string? text) => Assert.False(PhoneNumber.TryParse(text, norwegian: true, out _, out _), text);

    [Theory]
    [InlineData("+47 406 12 345", PhoneKind.Mobile)]
    [InlineData("+47 22 12 34 56", PhoneKind.Landline)]
    public void norwegian_numbers_are_read_where_the_organisation_reaches_them(string text, PhoneKind kind)
    {
        Assert.True(PhoneNumber.TryParse(text, norwegian: true, out var number, out _));
        Assert.Equal(kind, number!.Kind);
        Assert.False(PhoneNumber.TryParse(text, norwegian: false, out _, out _));
    }

    [Theory]
    [InlineData("+47 820 12 345")] // premium
    [InlineData("+47 800 12 345")] // freephone
    public void norwegian_numbers_that_cost_are_refused_there_too(string text) => Assert.False(PhoneNumber.TryParse(text, norwegian: true, out _, out _));

    [Fact]
    public void its_text_form_is_masked()
    {
        Assert.True(PhoneNumber.TryParse("070-174 06 05", norwegian: false, out var number, out _));
        Assert.Equal("+4670•••••05", $"{number}");
        Assert.Equal("070-174 06 05", number!.National);
    }

    [Fact]
    public void no_text_throws_and_what_is_read_is_read_again_the_same() => Gen.Char[" +-().00123456789abc\u00a0"].Array[0, 24].Sample(characters =>
    {
        if (!PhoneNumber.TryParse(new string(characters), norwegian: true, out var number, out _))
        {
            return number is null;
        }
        return PhoneNumber.TryParse(number!.E164, norwegian: true, out var again, out _) && again!.Equals(number) && again.Kind == number.Kind
            && PhoneNumber.TryParse(number.National, norwegian: true, out var national, out _) && national!.Equals(number);
    }, iter: 20_000);

    [Fact]
    public void every_allowed_swedish_number_starts_as_the_rules_say() => Gen.Int[0, 999_999_999].Sample(digits =>
    {
        var text = $"0{digits:000000000}";
        return !PhoneNumber.TryParse(text, norwegian: false, out var number, out _)
            || number!.Kind == PhoneKind.Mobile == text[1..3] is "70" or "72" or "73" or "76" or "79"
            || number.Kind == PhoneKind.Landline && text[1] is not ('7' or '0');
    }, iter: 20_000);
}
