using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Messages.Events;

namespace Ums.Identity.Tests.Pins;

public sealed class LimitTests(CrowdFixture identity) : IClassFixture<CrowdFixture>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task one_network_gets_three_pins_for_a_number_in_ten_minutes()
    {
        var phone = identity.NewPhone();
        await AskManyAsync(browser, phone, 3);

        using var fourth = await browser.AskAsync(phone, captcha: CrowdFixture.Pass);

        Assert.Equal(HttpStatusCode.TooManyRequests, fourth.StatusCode);
        Assert.Equal("600", fourth.Headers.RetryAfter?.ToString());
        Assert.Equal("urn:ums:problem:too-many-pins", (await fourth.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        identity.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Accepted, (await browser.AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode);
    }

    [Fact]
    public async Task one_network_gets_five_pins_for_a_number_in_an_hour_and_ten_in_a_day()
    {
        var phone = identity.NewPhone();
        var served = 0;
        var perHour = new List<int>();
        for (var hour = 0; hour < 24; hour++)
        {
            var before = served;
            for (var tenMinutes = 0; tenMinutes < 6; tenMinutes++)
            {
                for (var i = 0; i < 4; i++)
                    served += (await browser.AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode == HttpStatusCode.Accepted ? 1 : 0;
                identity.Clock.Advance(TimeSpan.FromMinutes(10));
            }
            perHour.Add(served - before);
        }
        Assert.Equal(5, perHour.Max());
        Assert.Equal(10, served);
    }

    [Fact]
    public async Task resends_count_too()
    {
        var asked = await browser.AskedAsync(identity.NewPhone(), captcha: CrowdFixture.Pass);
        for (var i = 0; i < 2; i++)
        {
            identity.Clock.Advance(TimeSpan.FromMinutes(2));
            Assert.Equal(HttpStatusCode.Accepted, (await browser.ResendAsync(asked.PinRequestId)).StatusCode);
        }
        identity.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.ResendAsync(asked.PinRequestId)).StatusCode);
    }

    [Fact]
    public async Task a_replica_counts_on_where_another_stopped()
    {
        await using var replica = await identity.StartReplicaAsync();
        var (phone, network) = (identity.NewPhone(), Browser.NewNetwork());
        await AskManyAsync(new Browser(identity, network), phone, 3);

        Assert.Equal(HttpStatusCode.TooManyRequests,
            (await new Browser(identity, network, replica.CreateClient()).AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode);
    }

    [Fact]
    public async Task one_network_gets_sixty_pins_in_ten_minutes_whatever_the_numbers()
    {
        for (var i = 0; i < 60; i++)
            await browser.AskedAsync(Swedish(i), captcha: CrowdFixture.Pass);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.AskAsync(Swedish(60), captcha: CrowdFixture.Pass)).StatusCode);
    }

    [Fact]
    public async Task without_script_a_network_gets_ten_pins_an_hour()
    {
        for (var i = 0; i < 10; i++)
            await browser.AskedAsync(Swedish(100 + i), captcha: "noscript");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.AskAsync(Swedish(110), captcha: "noscript")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await browser.AskAsync(Swedish(110), captcha: CrowdFixture.Pass)).StatusCode);
    }

    [Fact]
    public async Task who_is_refused_uses_nothing_up_for_others()
    {
        var phone = identity.NewPhone();
        await AskManyAsync(browser, phone, 3);
        for (var i = 0; i < 50; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode);

        await AskManyAsync(Browser.Elsewhere(identity), phone, 3);
    }

    [Fact]
    public async Task many_attackers_do_not_lock_out_a_resident_who_has_signed_in_from_here_before()
    {
        var phone = identity.NewPhone();
        var first = await browser.AskedAsync(phone, captcha: CrowdFixture.Pass);
        await browser.HandedInAsync(first.PinRequestId, await browser.PinAsync(first.PinRequestId));
        for (var i = 0; i < 20; i++)
            await Browser.Elsewhere(identity).AskAsync(phone, captcha: CrowdFixture.Pass);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await Browser.Elsewhere(identity).AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await browser.AskAsync(phone, captcha: CrowdFixture.Pass)).StatusCode);
    }

    [Fact]
    public async Task an_invented_forwarded_for_header_does_not_pass_the_limits()
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await FromOutsideAsync(i)).StatusCode);
        for (var i = 10; i < 100; i++)
            Assert.Equal(HttpStatusCode.TooManyRequests, (await FromOutsideAsync(i)).StatusCode);

        Task<HttpResponseMessage> FromOutsideAsync(int i) => browser.SendAsync(HttpMethod.Post, "/api/pins", Body(Swedish(300 + i)), request =>
        {
            request.Headers.Remove("X-Forwarded-For");
            request.Headers.Add("X-Forwarded-For", $"198.51.{i}.{i}");
            request.Headers.Add(IdentityFixture.CallerHeader, "203.0.113.9");
        });
    }

    [Fact]
    public async Task of_a_forwarded_for_header_only_the_gateways_own_entry_counts()
    {
        for (var i = 0; i < 11; i++)
        {
            var entry = i;
            using var response = await browser.SendAsync(HttpMethod.Post, "/api/pins", Body(Swedish(500 + i)), request =>
            {
                request.Headers.Remove("X-Forwarded-For");
                request.Headers.Add("X-Forwarded-For", $"198.51.100.{entry}, 203.0.113.10");
            });
            Assert.Equal(i < 10 ? HttpStatusCode.Accepted : HttpStatusCode.TooManyRequests, response.StatusCode);
        }
    }

    [Fact]
    public async Task when_the_captcha_cannot_be_checked_only_known_numbers_get_a_pin_and_the_answer_does_not_tell()
    {
        var resident = Browser.Elsewhere(identity);
        var (known, unknown) = (identity.NewPhone(), identity.NewPhone());
        var first = await resident.AskedAsync(known, captcha: CrowdFixture.Pass);
        await resident.HandedInAsync(first.PinRequestId, await resident.PinAsync(first.PinRequestId));

        var mine = await resident.AskedAsync(known, captcha: CrowdFixture.Away);
        var strange = await resident.AskedAsync(unknown, captcha: CrowdFixture.Away);

        await resident.PinAsync(mine.PinRequestId);
        Assert.Empty(identity.Bus.Published<PinRequested>(m => m.PinRequestId == strange.PinRequestId));
        Assert.Equal(mine with { PinRequestId = strange.PinRequestId }, strange);
    }

    private static JsonContent Body(string phone) => JsonContent.Create(new { organisation = "stockholm", phone, role = "private", captcha = "noscript" });

    /// <summary>Nothing is sent to them: the tests' bus has no Notifier.</summary>
    private static string Swedish(int i) => $"+4670174{i:0000}";

    private static async Task AskManyAsync(Browser browser, string phone, int times)
    {
        for (var i = 0; i < times; i++)
            await browser.AskedAsync(phone, captcha: CrowdFixture.Pass);
    }
}
