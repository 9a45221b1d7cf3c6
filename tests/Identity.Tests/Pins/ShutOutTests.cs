using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ums.Identity.Tests.Pins;

/// <summary>A hundred wrong PINs in a row end an asker's chances, and nobody else's.</summary>
public sealed class ShutOutTests(CrowdFixture identity) : IClassFixture<CrowdFixture>
{
    [Fact]
    public async Task an_attacker_who_fails_a_thousand_times_is_heard_a_hundred_times_and_does_not_lock_the_resident_out()
    {
        var (attacker, phone) = (Browser.Elsewhere(identity), identity.NewPhone());
        var requests = new List<Guid>();
        string? last = null;
        for (var i = 0; i < 200; i++)
        {
            using var response = await attacker.AskAsync(phone, captcha: CrowdFixture.Pass);
            if (response.StatusCode == HttpStatusCode.Accepted)
                requests.Add((await response.Content.ReadFromJsonAsync<PinAnswer>())!.PinRequestId);
            else
                last = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();
            for (var guess = 0; guess < 5; guess++)
                await attacker.HandInAsync(requests[^1], "000000");
            identity.Clock.Advance(TimeSpan.FromHours(1));
        }
        Assert.Equal("urn:ums:problem:too-many-failures", last);
        Assert.Equal(100, await identity.QueryAsync<long>("select sum(checks) from pin_requests where id = any($1)", requests.ToArray()));

        var (resident, began) = (Browser.Elsewhere(identity), identity.Clock.GetUtcNow());
        var mine = await resident.AskedAsync(phone, captcha: CrowdFixture.Pass);
        Assert.NotNull((await resident.HandedInAsync(mine.PinRequestId, await resident.PinAsync(mine.PinRequestId))).AccessToken);
        Assert.InRange(identity.Clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }
}

/// <summary>The same with seven for a hundred.</summary>
public sealed class SoonShutOutTests(SoonShutOutTests.Seven identity) : IClassFixture<SoonShutOutTests.Seven>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task not_even_the_right_pin_helps_an_asker_who_has_failed_too_often()
    {
        var phone = identity.NewPhone();
        var (first, second) = (await AskedAsync(browser, phone), await AskedAsync(browser, phone));
        await FailAsync(browser, first, 5);
        await FailAsync(browser, second, 2);

        var answer = await browser.HandedInAsync(second.Id, second.Pin);

        Assert.Equal(("invalid_grant", "too-many-failures", 0), (answer.Error, answer.Problem, answer.AttemptsLeft));
        using var asked = await browser.AskAsync(phone, captcha: CrowdFixture.Pass);
        Assert.Equal(HttpStatusCode.Forbidden, asked.StatusCode);
        Assert.Equal("urn:ums:problem:too-many-failures", (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        identity.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.ResendAsync(second.Id)).StatusCode);
    }

    [Fact]
    public async Task a_new_cookie_is_no_new_beginning_but_another_number_is_another_matter()
    {
        var phone = identity.NewPhone();
        var network = Browser.NewNetwork();
        await FailAsync(new Browser(identity, network), phone, 7);

        Assert.Equal(HttpStatusCode.Forbidden, (await new Browser(identity, network).AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await new Browser(identity, network).AskAsync(identity.NewPhone(), captcha: CrowdFixture.Pass)).StatusCode);
    }

    [Fact]
    public async Task success_begins_the_count_anew()
    {
        var phone = identity.NewPhone();
        for (var round = 0; round < 3; round++)
        {
            await FailAsync(browser, phone, 5);
            var (id, pin) = await AskedAsync(browser, phone);
            Assert.Equal("wrong-pin", (await browser.HandedInAsync(id, Browser.Other(pin))).Problem);
            Assert.NotNull((await browser.HandedInAsync(id, pin)).AccessToken);
        }
    }

    [Fact]
    public async Task a_browser_that_has_signed_in_is_not_shut_out_by_its_neighbours()
    {
        var (phone, network) = (identity.NewPhone(), Browser.NewNetwork());
        var resident = new Browser(identity, network);
        var first = await AskedAsync(resident, phone);
        Assert.NotNull((await resident.HandedInAsync(first.Id, first.Pin)).AccessToken);
        await FailAsync(new Browser(identity, network), phone, 7);
        Assert.Equal(HttpStatusCode.Forbidden, (await new Browser(identity, network).AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode);

        var (id, pin) = await AskedAsync(resident, phone);

        Assert.NotNull((await resident.HandedInAsync(id, pin)).AccessToken);
    }

    [Fact]
    public async Task tries_at_the_same_time_do_not_pass_together()
    {
        var phone = identity.NewPhone();
        var requests = new[] { await AskedAsync(browser, phone), await AskedAsync(browser, phone), await AskedAsync(browser, phone) };

        var answers = await Task.WhenAll(requests.SelectMany(request => Enumerable.Range(0, 20).Select(_ => browser.HandedInAsync(request.Id, Browser.Other(request.Pin)))));

        // Of fifteen that the requests themselves would allow; the rest learnt nothing.
        Assert.InRange(answers.Count(answer => answer.Problem == "wrong-pin"), 4, 7);
        Assert.Contains(answers, answer => answer.Problem == "too-many-failures");
    }

    private static async Task<(Guid Id, string Pin)> AskedAsync(Browser asker, string phone)
    {
        var asked = await asker.AskedAsync(phone, captcha: CrowdFixture.Pass);
        return (asked.PinRequestId, await asker.PinAsync(asked.PinRequestId));
    }

    private async Task FailAsync(Browser asker, string phone, int times)
    {
        for (var left = times; left > 0; left -= 5)
        {
            await FailAsync(asker, await AskedAsync(asker, phone), Math.Min(5, left));
            identity.Clock.Advance(TimeSpan.FromMinutes(10));
        }
    }

    private static async Task FailAsync(Browser asker, (Guid Id, string Pin) request, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Contains((await asker.HandedInAsync(request.Id, Browser.Other(request.Pin))).Problem, new[] { "wrong-pin", "too-many-tries" });
    }

    public sealed class Seven : CrowdFixture
    {
        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Pins:Limits:FailuresInARow"] = "7";
            settings["Pins:Limits:AskerPerHour"] = settings["Pins:Limits:AskerPerDay"] = "1000";
        }
    }
}
