using System.Net;
using Ums.Messages.Events;

namespace Ums.Identity.Tests.Pins;

public sealed class PinRulesTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task a_pin_works_once()
    {
        var (id, pin) = await PinAsync();

        Assert.NotNull((await browser.HandedInAsync(id, pin)).AccessToken);
        Assert.Equal("used-pin", (await browser.HandedInAsync(id, pin)).Problem);
    }

    [Fact]
    public async Task a_pin_lives_ten_minutes()
    {
        var (first, pin) = await PinAsync();
        var (second, other) = await PinAsync();

        identity.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.NotNull((await browser.HandedInAsync(first, pin)).AccessToken);
        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("expired-pin", (await browser.HandedInAsync(second, other)).Problem);
    }

    [Fact]
    public async Task forty_parallel_tries_open_one_session()
    {
        var (id, pin) = await PinAsync();
        var before = await identity.QueryAsync<long>("select count(*) from sessions");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => browser.HandedInAsync(id, pin)));

        Assert.Single(answers, answer => answer.AccessToken is not null);
        Assert.Equal(before + 1, await identity.QueryAsync<long>("select count(*) from sessions"));
        await identity.Bus.PublishedAsync<PinVerified>(m => m.PinRequestId == id);
        Assert.Single(identity.Bus.MessageIds<PinVerified>(m => m.PinRequestId == id).Distinct());
    }

    [Fact]
    public async Task a_wrong_pin_says_how_many_tries_are_left_and_the_fifth_closes_the_request_even_to_the_right_one()
    {
        var (id, pin) = await PinAsync();

        for (var left = 4; left > 0; left--)
        {
            var answer = await browser.HandedInAsync(id, Browser.Other(pin));
            Assert.Equal(("invalid_grant", "wrong-pin", left), (answer.Error, answer.Problem, answer.AttemptsLeft));
        }
        var fifth = await browser.HandedInAsync(id, Browser.Other(pin));
        Assert.Equal(("too-many-tries", 0), (fifth.Problem, fifth.AttemptsLeft));
        Assert.Equal("too-many-tries", (await browser.HandedInAsync(id, pin)).Problem);
        await identity.Bus.PublishedAsync<PinLockedOut>(m => m.PinRequestId == id);
    }

    [Fact]
    public async Task a_pin_works_only_in_the_browser_that_asked_and_nobody_else_can_use_up_its_checks()
    {
        var (id, pin) = await PinAsync();
        var thief = Browser.Elsewhere(identity);
        await thief.ChallengeAsync();
        var bare = Browser.Elsewhere(identity);

        foreach (var stranger in new[] { thief, bare })
        {
            for (var i = 0; i < 6; i++)
            {
                var answer = await stranger.HandedInAsync(id, pin);
                Assert.Equal(("wrong-pin", null), (answer.Problem, answer.AttemptsLeft));
            }
        }
        Assert.NotNull((await browser.HandedInAsync(id, pin)).AccessToken);
    }

    [Fact]
    public async Task a_pin_of_one_organisation_opens_no_other()
    {
        var phone = identity.NewPhone();
        var here = await browser.AskedAsync(phone, "stockholm");
        var there = await browser.AskedAsync(phone, "stromstad");
        var (pinHere, pinThere) = (await browser.PinAsync(here.PinRequestId), await browser.PinAsync(there.PinRequestId));
        if (pinHere != pinThere)
            Assert.Equal("wrong-pin", (await browser.HandedInAsync(there.PinRequestId, pinHere)).Problem);

        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken((await browser.HandedInAsync(here.PinRequestId, pinHere)).AccessToken);

        Assert.Equal(identity.Stockholm.ToString(), token.GetClaim("organisation").Value);
    }

    [Fact]
    public async Task spaces_in_a_pin_are_forgiven()
    {
        var (id, pin) = await PinAsync();

        Assert.NotNull((await browser.HandedInAsync(id, $" {pin[..3]} {pin[3..]} ")).AccessToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("123456789")]
    [InlineData("12345a")]
    [InlineData("١٢٣٤٥٦")]
    [InlineData("<script>")]
    [InlineData("000000000000000000000000000000000000000000000000000000")]
    public async Task what_is_neither_six_nor_eight_digits_is_refused_and_costs_no_check(string typed)
    {
        var (id, pin) = await PinAsync();

        using var response = await browser.HandInAsync(id, typed);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, await identity.QueryAsync<short>("select checks from pin_requests where id = $1", id));
        Assert.NotNull((await browser.HandedInAsync(id, pin)).AccessToken);
    }

    [Fact]
    public async Task a_request_that_nobody_made_has_no_pin() =>
        Assert.Equal("wrong-pin", (await browser.HandedInAsync(Guid.CreateVersion7(), "123456")).Problem);

    [Fact]
    public async Task rows_are_gone_after_a_day()
    {
        var (id, pin) = await PinAsync();
        await browser.HandedInAsync(id, pin);
        identity.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        await Services.Get<Retention.Purge>(identity).RunAsync(default);

        foreach (var table in new[] { "pin_requests", "sessions", "limits", "captcha_used" })
            Assert.Equal(0, await identity.QueryAsync<long>($"select count(*) from {table}"));
    }

    [Fact]
    public async Task rows_of_an_organisation_cannot_be_read_without_naming_it()
    {
        await PinAsync();

        Assert.True(await identity.QueryAsync<long>("select count(*) from pin_requests") > 0);
        Assert.Equal(0, await identity.QueryAsync<long>("set role ums_app; select count(*) from pin_requests"));
        Assert.Equal(0, await identity.QueryAsync<long>("set role ums_app; select count(*) from sessions"));
    }

    private async Task<(Guid Id, string Pin)> PinAsync()
    {
        var asked = await browser.AskedAsync(identity.NewPhone());
        return (asked.PinRequestId, await browser.PinAsync(asked.PinRequestId));
    }
}
