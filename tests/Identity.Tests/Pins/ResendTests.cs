using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Messages.Events;

namespace Ums.Identity.Tests.Pins;

public sealed class ResendTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task a_resend_makes_a_new_pin_and_voids_the_old()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        var old = await browser.PinAsync(asked.PinRequestId);
        identity.Clock.Advance(TimeSpan.FromSeconds(30));

        using var response = await browser.ResendAsync(asked.PinRequestId);
        var again = await response.Content.ReadFromJsonAsync<PinAnswer>();
        var pin = await browser.PinAsync(asked.PinRequestId, delivery: 2);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(asked.PinRequestId, again!.PinRequestId);
        Assert.Equal(identity.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), again.ExpiresAt);
        if (old != pin)
            Assert.Equal("wrong-pin", (await browser.HandedInAsync(asked.PinRequestId, old)).Problem);
        Assert.NotNull((await browser.HandedInAsync(asked.PinRequestId, pin)).AccessToken);
    }

    [Fact]
    public async Task a_mobile_can_be_called_instead()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        identity.Clock.Advance(TimeSpan.FromSeconds(30));

        var again = await (await browser.ResendAsync(asked.PinRequestId, "voice")).Content.ReadFromJsonAsync<PinAnswer>();
        await browser.PinAsync(asked.PinRequestId, delivery: 2);

        Assert.Equal("voice", again!.Channel);
        Assert.Single(identity.Bus.MessageIds<PinRequested>(m => m.PinRequestId == asked.PinRequestId && m.Channel == "voice").Distinct());
    }

    [Fact]
    public async Task a_landline_gets_no_sms()
    {
        var asked = await browser.AskedAsync("031-390 06 01");
        identity.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ResendAsync(asked.PinRequestId, "sms")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await browser.ResendAsync(asked.PinRequestId, "voice")).StatusCode);
    }

    [Fact]
    public async Task the_cool_down_doubles_with_each_send()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        foreach (var seconds in new[] { 30, 60 })
        {
            identity.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            using var soon = await browser.ResendAsync(asked.PinRequestId);
            Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (soon.StatusCode, soon.Headers.RetryAfter?.ToString()));
            Assert.Equal("urn:ums:problem:resend-too-soon", (await soon.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
            identity.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.Accepted, (await browser.ResendAsync(asked.PinRequestId)).StatusCode);
        }
    }

    [Fact]
    public async Task two_resends_at_once_send_one_pin()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        identity.Clock.Advance(TimeSpan.FromSeconds(30));

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => browser.ResendAsync(asked.PinRequestId)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        Assert.Equal(2, await identity.QueryAsync<short>("select sends from pin_requests where id = $1", asked.PinRequestId));
    }

    [Fact]
    public async Task a_request_closed_by_wrong_pins_opens_again_with_a_new_pin()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        var pin = await browser.PinAsync(asked.PinRequestId);
        for (var i = 0; i < 5; i++)
            await browser.HandedInAsync(asked.PinRequestId, Browser.Other(pin));
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.ResendAsync(asked.PinRequestId);

        Assert.NotNull((await browser.HandedInAsync(asked.PinRequestId, await browser.PinAsync(asked.PinRequestId, delivery: 2))).AccessToken);
    }

    [Fact]
    public async Task only_the_browser_that_asked_can_have_it_resent()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        var stranger = Browser.Elsewhere(identity);
        await stranger.ChallengeAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.ResendAsync(asked.PinRequestId)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Browser.Elsewhere(identity).ResendAsync(asked.PinRequestId)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.ResendAsync(Guid.CreateVersion7())).StatusCode);
    }

    [Fact]
    public async Task a_used_request_is_not_resent()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        await browser.HandedInAsync(asked.PinRequestId, await browser.PinAsync(asked.PinRequestId));
        identity.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.ResendAsync(asked.PinRequestId)).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("mail")]
    [InlineData("SMS")]
    public async Task an_unknown_channel_is_refused(string? channel)
    {
        var asked = await browser.AskedAsync(identity.NewPhone());

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ResendAsync(asked.PinRequestId, channel)).StatusCode);
    }
}
