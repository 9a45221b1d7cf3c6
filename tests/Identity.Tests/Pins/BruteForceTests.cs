using Ums.Messages.Events;

namespace Ums.Identity.Tests.Pins;

/// <summary>The same attack on every way to a PIN: there is one verifier, and it counts before it compares.</summary>
public sealed class BruteForceTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    [Theory]
    [InlineData("sms")]
    [InlineData("voice")]
    [InlineData("add-phone")]
    public async Task two_hundred_parallel_wrong_pins_cost_five_comparisons(string way)
    {
        var browser = Browser.Elsewhere(identity);
        var (id, pin) = await PinAsync(browser, way);
        await using var replica = await identity.StartReplicaAsync();
        var doors = new[] { browser, new Browser(identity, Browser.NewNetwork(), replica.CreateClient()) { Cookie = browser.Cookie } };

        var guesses = Enumerable.Range(0, 201).Select(i => i == 100 ? pin : Browser.Other(pin));
        var answers = await Task.WhenAll(guesses.Select((guess, i) => doors[i % 2].HandedInAsync(id, guess)));

        Assert.InRange(answers.Count(answer => answer.AccessToken is not null), 0, 1);
        // Nothing is compared that was not counted first, so the row tells how many comparisons there were.
        Assert.InRange(await identity.QueryAsync<short>("select checks from pin_requests where id = $1", id), (short)1, (short)5);
        Assert.InRange(identity.Bus.Published<PinLockedOut>(m => m.PinRequestId == id).Count, 0, 1);
    }

    private async Task<(Guid Id, string Pin)> PinAsync(Browser browser, string way)
    {
        if (way == "add-phone")
            await browser.SignInAsync(identity.NewPhone());
        var asked = await browser.AskedAsync(way == "voice" ? "08-465 004 77" : identity.NewPhone(), purpose: way == "add-phone" ? way : null);
        return (asked.PinRequestId, await browser.PinAsync(asked.PinRequestId));
    }
}
