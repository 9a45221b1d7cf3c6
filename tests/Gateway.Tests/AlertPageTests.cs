using System.Net;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>Operators write, hand in, approve, stop and report alerts on the pages, without script.</summary>
public sealed class AlertPageTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public AlertPageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Sender);
    }

    private AlertsDouble Alerts => gateway.Town.Alerts;

    [Fact]
    public async Task the_first_page_shows_what_is_going_on_and_what_waits_for_whom()
    {
        var (sender, approver) = (await SignedInAsync(), await SignedInAsync(Roles.Approver));
        await sender.GetAsync("/admin");
        Assert.Contains("Ingen varning är på väg.", sender.Page, StringComparison.Ordinal);
        Assert.Contains("Inga varningar har skrivits än.", sender.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/varningar/ny\"", sender.Page, StringComparison.Ordinal);
        var (sending, waiting) = (Alerts.Put("sending"), Alerts.Put("submitted"));

        var raw = await (await approver.GetAsync("/admin")).Content.ReadAsStringAsync();

        Assert.Contains("Väntar på ditt godkännande", approver.Page, StringComparison.Ordinal);
        Assert.Contains($"/admin/varningar/{sending}\"", approver.Page, StringComparison.Ordinal);
        Assert.Contains($"/admin/varningar/{waiting}\"", approver.Page, StringComparison.Ordinal);
        Assert.Contains("4\u00a0000 av 4\u00a0218 framme", approver.Page, StringComparison.Ordinal);
        Assert.Contains("Läcka &lt;b&gt;", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/admin/varningar/ny\"", approver.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_alert_is_about_what_the_organisation_has_set()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        Assert.Contains(">Vatten och avlopp<", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"water\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"Fjärrkyla\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<option value=\"power\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_alert_is_written_counted_saved_and_handed_in()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        Assert.Contains("value=\"0180\"", browser.Page, StringComparison.Ordinal);

        using var counted = await browser.SendFormAsync("/admin/varningar/ny?handler=Count", Form());
        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
        Assert.Contains("4\u00a0218", browser.Page, StringComparison.Ordinal);
        Assert.Contains("1\u00a0366 kr", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Alerts.Ids);

        var saved = OperatorTests.PathOf(await browser.SendFormAsync("/admin/varningar/ny?handler=Save", Form()));
        var id = Assert.Single(Alerts.Ids);
        Assert.Equal($"/admin/varningar/{id}/skriv", saved);
        await browser.GetAsync(saved);
        Assert.Contains("Utkastet är sparat.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("2\u00a0467 kr med samtal", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Sankt Eriksgatan 105-121", browser.Page, StringComparison.Ordinal);

        Assert.Equal($"/admin/varningar/{id}", OperatorTests.PathOf(await browser.SendFormAsync($"{saved}?handler=Submit", Form(version: 1))));
        Assert.Equal("submitted", (string)Alerts[id]["state"]!);
        await browser.GetAsync($"/admin/varningar/{id}");
        Assert.Contains("En annan person än du godkänner.", browser.Page, StringComparison.Ordinal);
        var sent = gateway.Town.Requests.Last(seen => seen is { Method: "POST", Path: "/api/alerts" }).Body;
        Assert.Contains("\"postcodes\":[\"11343\",\"11356\"]", sent, StringComparison.Ordinal);
        Assert.Contains("{\"municipalityCode\":\"0180\",\"street\":\"Sankt Eriksgatan\",\"from\":105,\"to\":121}", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_script_gets_the_same_numbers_with_the_places()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        await browser.SendFormAsync("/admin/varningar/ny?handler=Look", Form());
        Assert.Contains("\"points\":[[18.03,59.34]]", browser.Page, StringComparison.Ordinal);
        Assert.Contains("\"phones\":4218", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task who_edits_a_draft_that_another_has_changed_is_told_and_keeps_the_text()
    {
        var (browser, id) = (await SignedInAsync(), Alerts.Put("draft", version: 3));
        await browser.GetAsync($"/admin/varningar/{id}/skriv");
        Alerts.ChangeByAnother(id);

        using var refused = await browser.SendFormAsync($"/admin/varningar/{id}/skriv?handler=Save", Form(version: 3, sms: "Min egen text."));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Min egen text.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Någon annan har ändrat varningen", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"4\"", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Alerts.Done);

        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync($"/admin/varningar/{id}/skriv?handler=Save", Form(version: 4, sms: "Min egen text."))).StatusCode);
        Assert.Equal("Min egen text.", (string)Alerts[id]["texts"]!["sms"]!);
    }

    [Fact]
    public async Task a_session_that_ends_while_writing_keeps_the_text_until_the_next_one()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        foreach (var session in gateway.Town.Identity.Operators.Sessions.Keys)
            gateway.Town.Identity.Operators.Sessions[session] = false;

        using var signedOut = await browser.SendFormAsync("/admin/varningar/ny?handler=Save", Form(sms: "Skrivet i en halvtimme."));
        Assert.Equal(HttpStatusCode.Unauthorized, signedOut.StatusCode);
        Assert.Contains("Skrivet i en halvtimme.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Logga in i en ny flik", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Alerts.Ids);
        var waiting = Form(sms: "Skrivet i en halvtimme.");

        await OperatorTests.SignInAsync(browser);
        using var again = await browser.SendFormAsync("/admin/varningar/ny?handler=Save", waiting, withToken: false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("Skrivet i en halvtimme.", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Alerts.Ids);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("/admin/varningar/ny?handler=Save", waiting)).StatusCode);
        Assert.Single(Alerts.Ids);
    }

    [Fact]
    public async Task an_approver_types_how_many_it_reaches_and_a_second_press_changes_nothing()
    {
        var (browser, id) = (await SignedInAsync(Roles.Approver), Alerts.Put("submitted", version: 3));
        await browser.GetAsync($"/admin/varningar/{id}");
        Assert.Contains("Skarp varning till 4\u00a0218 personer.", browser.Page, StringComparison.Ordinal);
        foreach (var typed in (string[])["", "alla", "4217", "-4218", "99999999999999"])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ApproveAsync(browser, id, typed)).StatusCode);
            Assert.Equal("submitted", (string)Alerts[id]["state"]!);
        }
        Assert.Equal($"/admin/varningar/{id}", OperatorTests.PathOf(await ApproveAsync(browser, id, "4 218")));
        Assert.Equal("sending", (string)Alerts[id]["state"]!);

        // The back button, and the form that is still there.
        using var twice = await ApproveAsync(browser, id, "4218");
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Contains("Varningen väntar inte längre på godkännande.", browser.Page, StringComparison.Ordinal);
        Assert.Single(Alerts.Done, done => done.What == "approve");
    }

    [Fact]
    public async Task an_approver_who_read_an_older_version_is_told()
    {
        var (browser, id) = (await SignedInAsync(Roles.Approver), Alerts.Put("submitted", version: 3));
        await browser.GetAsync($"/admin/varningar/{id}");
        Alerts.ChangeByAnother(id);
        Assert.Equal(HttpStatusCode.Conflict, (await ApproveAsync(browser, id, "4218")).StatusCode);
        Assert.Contains("Varningen har ändrats sedan du läste den.", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Sender)]
    [InlineData(Roles.Approver)]
    public async Task whoever_sends_or_approves_stops_what_is_sent_and_sees_how_many_had_gone(string role)
    {
        var (browser, id) = (await SignedInAsync(role), Alerts.Put("sending"));
        await browser.GetAsync($"/admin/varningar/{id}");
        Assert.Contains("Stoppa varningen", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync($"/admin/varningar/{id}?handler=Cancel", [])).StatusCode);
        await browser.GetAsync($"/admin/varningar/{id}");
        Assert.Contains("4\u00a0100 hade redan fått den", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendFormAsync($"/admin/varningar/{id}?handler=Cancel", [])).StatusCode);
    }

    [Fact]
    public async Task a_test_looks_like_one()
    {
        var (browser, id) = (await SignedInAsync(), Alerts.Put("completed", test: true));
        await browser.GetAsync($"/admin/varningar/{id}");
        Assert.Contains("class=\"band test\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Skarp", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task progress_comes_by_the_operators_session_and_by_nothing_else()
    {
        var id = Alerts.Put("sending");
        var events = await (await SignedInAsync()).GetAsync($"/admin/varningar/{id}/handelser");
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType?.MediaType);
        Assert.Contains("event: progress", await events.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("/admin/logga-in", OperatorTests.PathOf(await gateway.NewBrowser().GetAsync($"/admin/varningar/{id}/handelser")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await SignedInAsync()).GetAsync($"/admin/varningar/{Guid.CreateVersion7()}/handelser")).StatusCode);
    }

    [Fact]
    public async Task the_map_comes_by_the_operators_session_and_says_where_there_is_none()
    {
        var id = Alerts.Put("sending");
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/varningar/{id}");
        Assert.Contains($"data-progress=\"/admin/varningar/{id}/karta\" data-live=\"yes\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal("""{"places":[[18.0357,59.3382,1,2,0]],"share":0.5}""", await (await browser.GetAsync($"/admin/varningar/{id}/karta")).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/admin/varningar/{Guid.CreateVersion7()}/karta")).StatusCode);
        Assert.StartsWith("/admin/logga-in", OperatorTests.PathOf(await gateway.NewBrowser().GetAsync($"/admin/varningar/{id}/karta")), StringComparison.Ordinal);
        gateway.Town.Away["notifier"] = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync($"/admin/varningar/{id}/karta")).StatusCode);
        gateway.Town.Reset();
    }

    internal static Dictionary<string, string> Form(int version = 0, string sms = "Vattenläcka på Sankt Eriksgatan.") => new()
    {
        ["Version"] = $"{version}",
        ["Writing"] = "stockholm",
        ["Typed.Title"] = "Läcka",
        ["Typed.Category"] = "water",
        ["Typed.Sms"] = sms,
        ["Typed.Mode"] = "smsThenVoice",
        ["Typed.Valid"] = "6",
        ["Typed.Municipality"] = "0180",
        ["Typed.Streets"] = "Sankt Eriksgatan 105-121",
        ["Typed.Postcodes"] = "113 43, 11356",
    };

    private static Task<HttpResponseMessage> ApproveAsync(Browser browser, Guid id, string typed) =>
        browser.SendFormAsync($"/admin/varningar/{id}?handler=Approve", new() { ["Version"] = "3", ["Recipients"] = typed });

    private Task<Browser> SignedInAsync(string role = Roles.Sender)
    {
        gateway.Town.Identity.Operators.Role = role;
        return OperatorTests.SignedInAsync(gateway);
    }
}
