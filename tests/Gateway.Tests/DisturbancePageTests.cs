using System.Net;
using System.Text.Json.Nodes;
using Ums.Gateway.Security;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>What anybody sees of alerts: the one of a code, and an organisation's list. Nobody is signed in here.</summary>
public sealed class DisturbancePageTests : IClassFixture<DisturbancePageTests.Strict>
{
    private readonly Strict gateway;

    public DisturbancePageTests(Strict gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        gateway.Passed += TimeSpan.FromMinutes(2);
    }

    private AlertsDouble Alerts => gateway.Town.Alerts;

    [Fact]
    public async Task a_code_shows_who_sent_it_when_why_what_it_said_and_how_to_stop_it()
    {
        Alerts.PutCode("BCDFGHJ", AlertsDouble.Disturbance());
        var browser = gateway.NewBrowser();
        var raw = await (await browser.GetAsync("/v/bcdfghj")).Content.ReadAsStringAsync();

        Assert.Contains("Meddelandet är äkta. Stockholms stad har skickat det.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Vattnet är avstängt &lt;b&gt;.", raw, StringComparison.Ordinal);
        Assert.Contains("Storgatan, Skolgatan; postnummer 113 43; ett område på kartan", browser.Page, StringComparison.Ordinal);
        Assert.Contains("2026-11-26 09.15", browser.Page, StringComparison.Ordinal);
        Assert.Contains("gäller till 2026-11-26 15.15", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Stockholm i sms, 08-465 004 00 vid samtal", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"/k/stockholm\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Till Stockholms stads portal", browser.Page, StringComparison.Ordinal);

        await browser.GetAsync("/v?kod=BCDFGHJ");
        Assert.Contains("Meddelandet är äkta.", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancelled", "Utskicket har stoppats.")]
    [InlineData("corrected", "Falskt alarm.")]
    [InlineData("over", "Tiden som meddelandet gällde är över.")]
    [InlineData("forgotten", "Vad det sa är borttaget")]
    public async Task what_has_become_of_it_is_said(string state, string sentence)
    {
        Alerts.PutCode("BCDFGHJ", AlertsDouble.Disturbance(state));
        var browser = gateway.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/v/BCDFGHJ")).StatusCode);
        Assert.Contains(sentence, browser.Page, StringComparison.Ordinal);
        Assert.Equal(state == "forgotten", !browser.Page.Contains("Vattnet är avstängt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_test_is_never_taken_for_a_warning()
    {
        Alerts.PutCode("BCDFGHJ", AlertsDouble.Disturbance(test: true));
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/v/BCDFGHJ");
        Assert.Contains("Det är ett test från Stockholms stad, ingen verklig varning", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Meddelandet är äkta", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BCDFGHK")]
    [InlineData("%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("..%2F..%2Fapi%2Falerts")]
    [InlineData("%F0%9F%92%A7%00")]
    public async Task a_code_that_leads_nowhere_is_answered_kindly(string typed)
    {
        var browser = gateway.NewBrowser();
        using var answer = await browser.GetAsync($"/v?kod={typed}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Vi hittar inget meddelande med koden", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/v")).StatusCode);
    }

    [Fact]
    public async Task codes_cannot_be_walked_and_a_town_that_types_the_right_one_is_not_stopped()
    {
        Alerts.PutCode("BCDFGHJ", AlertsDouble.Disturbance());
        var browser = gateway.NewBrowser();
        for (var i = 0; i < 3 * Strict.Tries; i++)
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/v/BCDFGHJ")).StatusCode);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * Strict.Tries).Select(_ => gateway.NewBrowser().GetAsync("/v/BCDFGHK")));
        Assert.Equal(Strict.Tries, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
        using var stopped = await browser.GetAsync("/v/BCDFGHJ");
        Assert.Equal(HttpStatusCode.TooManyRequests, stopped.StatusCode);
        Assert.NotNull(stopped.Headers.RetryAfter);
        Assert.Contains("Vänta en minut och försök sedan igen.", browser.Page, StringComparison.Ordinal);

        gateway.Passed += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/v/BCDFGHJ")).StatusCode);
    }

    [Fact]
    public void a_right_code_is_taken_back_once_and_only_in_its_own_minute()
    {
        var clock = new Moved();
        var guesses = new CodeGuesses(2, clock);
        Assert.True(guesses.TryBegin("a") && guesses.TryBegin("a"));
        Assert.False(guesses.TryBegin("a"));
        Assert.True(guesses.TryBegin("b"));
        guesses.TakeBack("a");
        Assert.True(guesses.TryBegin("a"));
        clock.Passed = TimeSpan.FromMinutes(1);
        guesses.TakeBack("never");
        Assert.True(guesses.TryBegin("a") && guesses.TryBegin("a"));
        Assert.False(guesses.TryBegin("a"));
    }

    [Fact]
    public async Task programs_ask_by_the_same_routes_and_as_seldom()
    {
        Alerts.PutCode("BCDFGHJ", AlertsDouble.Disturbance());
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < Strict.Tries + 3; i++)
            answers.Add((await gateway.Client.GetAsync("/api/alert-codes/BCDFGHJ")).StatusCode);
        Assert.Equal(Strict.Tries, answers.Count(answer => answer == HttpStatusCode.OK));
        Assert.Equal(3, answers.Count(answer => answer == HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync($"/api/disturbances/{TownDoubles.Stockholm}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.GetAsync("/api/disturbances/stockholm")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await gateway.Client.PostAsync($"/api/disturbances/{TownDoubles.Stockholm}", null)).StatusCode);
    }

    [Fact]
    public async Task the_list_is_linked_from_the_first_page_and_shows_what_holds_and_what_does_not()
    {
        Alerts.Disturbances = new JsonArray(AlertsDouble.Disturbance(text: "Läcka på Storgatan."), AlertsDouble.Disturbance("cancelled", text: "Stoppad."), AlertsDouble.Disturbance("corrected", text: "Fel gata."));
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        Assert.Contains("href=\"/k/stockholm/storningar\"", browser.Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/k/stockholm/storningar")).StatusCode);
        foreach (var sentence in new[] { "Läcka på Storgatan.", "Pågår", "Stoppat", "Rättat", "Falskt alarm.", "class=\"disturbance ended\"" })
            Assert.Contains(sentence, browser.Page, StringComparison.Ordinal);
        var asked = gateway.Town.Requests.Count(seen => seen.Path.StartsWith("/api/disturbances", StringComparison.Ordinal));
        await browser.GetAsync("/k/stockholm/storningar");
        Assert.Equal((1, 1), (asked, gateway.Town.Requests.Count(seen => seen.Path.StartsWith("/api/disturbances", StringComparison.Ordinal))));

        Assert.Equal("/?okand=1", (await browser.GetAsync("/k/atlantis/storningar")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task with_notifier_away_the_list_says_so_and_shows_what_it_knew()
    {
        var browser = gateway.NewBrowser();
        gateway.Passed += TimeSpan.FromHours(1);
        gateway.Town.Away["notifier"] = true;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/k/stockholm/storningar")).StatusCode);
        Assert.Contains("Vi kan inte visa listan just nu.", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Inga utskick gäller just nu.", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/v/BCDFGHJ")).StatusCode);

        gateway.Town.Away.Clear();
        Alerts.Disturbances = new JsonArray(AlertsDouble.Disturbance(text: "Läcka på Storgatan."));
        // The circuit to the service that was away closes after two seconds, by whichever clock.
        await Ums.Testing.Eventually.PassesAsync(async () =>
        {
            gateway.Passed += TimeSpan.FromSeconds(6);
            await browser.GetAsync("/k/stockholm/storningar");
            Assert.DoesNotContain("just nu. Så här", browser.Page, StringComparison.Ordinal);
            Assert.Contains("Läcka på Storgatan.", browser.Page, StringComparison.Ordinal);
        });
        gateway.Town.Away["notifier"] = true;
        gateway.Passed += TimeSpan.FromMinutes(5);
        await browser.GetAsync("/k/stockholm/storningar");
        Assert.Contains("Listan går inte att hämta just nu. Så här såg den ut", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Läcka på Storgatan.", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task both_pages_speak_english_too()
    {
        Alerts.PutCode("BCDFGHJ", AlertsDouble.Disturbance("cancelled"));
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/sprak/en");
        await browser.GetAsync("/v/BCDFGHJ");
        Assert.Contains("The message is genuine. Stockholms stad has sent it.", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync("/k/stockholm/storningar");
        Assert.Contains("Current disturbances", browser.Page, StringComparison.Ordinal);
    }

    /// <summary>A gateway that lets few wrong codes through, and whose clock the tests move.</summary>
    public sealed class Strict : GatewayFixture
    {
        public const int Tries = 6;
        private readonly Moved clock = new();

        public TimeSpan Passed
        {
            get => clock.Passed;
            set => clock.Passed = value;
        }

        public override TimeProvider Time => clock;

        protected override void Configure(IDictionary<string, string?> settings)
        {
            base.Configure(settings);
            settings["Gateway:CodesPerMinute"] = $"{Tries}";
        }
    }

    /// <summary>Stands still until it is moved.</summary>
    private sealed class Moved : TimeProvider
    {
        private readonly DateTimeOffset start = new(2026, 11, 26, 12, 0, 5, TimeSpan.Zero);

        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => start + Passed;
    }
}
