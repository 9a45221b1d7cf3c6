namespace Ums.Identity.Tests.Pins;

/// <summary>While many PINs are being guessed new ones have eight digits: each guess is worth a hundredth, and nobody is shut out.</summary>
public sealed class LongPinTests(LongPinTests.Guessed identity) : IClassFixture<LongPinTests.Guessed>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task above_so_many_wrong_pins_an_hour_new_ones_have_eight_digits_until_the_hour_is_over()
    {
        identity.Clock.Advance(TimeSpan.FromHours(1));
        var earlier = await AskedAsync(browser);
        for (var i = 0; i < 11; i += 5)
            await FailAsync(await AskedAsync(Browser.Elsewhere(identity)), Math.Min(5, 11 - i));

        var later = await AskedAsync(browser);
        identity.Clock.Advance(TimeSpan.FromMinutes(2));
        var again = await browser.ResendAsync(earlier.Id);
        var resent = await browser.PinAsync(earlier.Id, 2);
        Assert.Equal((6, 6), (earlier.Digits, earlier.Pin.Length));
        Assert.Equal((8, 8, 8), (later.Digits, later.Pin.Length, resent.Length));
        Assert.Contains("\"digits\":8", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("wrong-pin", (await browser.HandedInAsync(later.Id, later.Pin[..6])).Problem);
        Assert.NotNull((await browser.HandedInAsync(later.Id, $"{later.Pin[..4]} {later.Pin[4..]}")).AccessToken);
        Assert.NotNull((await browser.HandedInAsync(earlier.Id, resent)).AccessToken);

        identity.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(6, (await AskedAsync(browser)).Pin.Length);
    }

    [Fact]
    public async Task strangers_to_a_number_that_is_being_guessed_get_eight_digits_and_its_owners_browser_six()
    {
        identity.Clock.Advance(TimeSpan.FromHours(1));
        var phone = identity.NewPhone();
        var first = await AskedAsync(browser, phone);
        Assert.NotNull((await browser.HandedInAsync(first.Id, first.Pin)).AccessToken);
        await FailAsync(await AskedAsync(Browser.Elsewhere(identity), phone), 4);

        Assert.Equal(8, (await AskedAsync(Browser.Elsewhere(identity), phone)).Pin.Length);
        Assert.Equal(6, (await AskedAsync(Browser.Elsewhere(identity))).Pin.Length);
        Assert.Equal(6, (await AskedAsync(browser, phone)).Pin.Length);
        identity.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(6, (await AskedAsync(Browser.Elsewhere(identity), phone)).Pin.Length);
    }

    private async Task<(Browser Browser, Guid Id, string Pin, int Digits)> AskedAsync(Browser asker, string? phone = null)
    {
        var asked = await asker.AskedAsync(phone ?? identity.NewPhone(), captcha: CrowdFixture.Pass);
        return (asker, asked.PinRequestId, await asker.PinAsync(asked.PinRequestId), asked.Digits);
    }

    private static async Task FailAsync((Browser Browser, Guid Id, string Pin, int Digits) request, int times)
    {
        for (var i = 0; i < times; i++)
            await request.Browser.HandInAsync(request.Id, Browser.Other(request.Pin));
    }

    public sealed class Guessed : CrowdFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Pins:Limits:LongPinsAfter"] = "10";
            settings["Pins:Limits:LongPinsForNumberAfter"] = "4";
        }
    }
}
