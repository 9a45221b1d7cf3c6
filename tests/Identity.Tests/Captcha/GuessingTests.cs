using System.Net;
using Ums.Testing;

namespace Ums.Identity.Tests.Captcha;

/// <summary>Horizontal guessing: one guess on each of many numbers. Each guess has its price, and the price rises with the number of failures in all.</summary>
public sealed class GuessingTests(GuessingTests.Guessed identity) : IClassFixture<GuessingTests.Guessed>
{
    [Fact]
    public async Task while_pins_are_being_guessed_captchas_grow_dearer_and_none_may_be_skipped()
    {
        var browser = Browser.Elsewhere(identity);
        Assert.Equal(HttpStatusCode.Accepted, (await browser.AskAsync(identity.NewPhone(), captcha: "noscript")).StatusCode);
        for (var i = 0; i < 3; i++)
        {
            var asked = await browser.AskedAsync(identity.NewPhone());
            var pin = await browser.PinAsync(asked.PinRequestId);
            for (var guess = 0; guess < 5; guess++)
                await browser.HandInAsync(asked.PinRequestId, Browser.Other(pin));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await Browser.Elsewhere(identity).AskAsync(identity.NewPhone(), captcha: "noscript")).StatusCode);
        var counter = await Browser.Elsewhere(identity).ChallengeAsync();
        Assert.InRange(AltchaSolver.Counter(counter), 4 * 100, 8 * 100);
    }

    public sealed class Guessed : IdentityFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Captcha:Work"] = "100";
            settings["Captcha:CalmGuesses"] = "10";
            settings["Pins:Limits:FailedChecksPerHour"] = "10";
        }
    }
}
