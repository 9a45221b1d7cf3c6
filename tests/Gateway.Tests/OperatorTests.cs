using System.Net;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

public sealed class OperatorTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public OperatorTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        (gateway.Town.Identity.Operators.Staff, gateway.Town.Identity.Operators.Stale, gateway.Town.Identity.Operators.TokenSeconds) = (false, false, 600);
    }

    [Fact]
    public async Task an_operator_signs_in_and_comes_to_the_page_that_was_asked_for()
    {
        var browser = gateway.NewBrowser();
        var asked = await browser.GetAsync("/admin/konto");
        Assert.Equal("/admin/logga-in?tillbaka=%2Fadmin%2Fkonto", PathOf(asked));

        await browser.GetAsync(PathOf(asked));
        var there = await FollowAsync(browser, await browser.SendFormAsync("/admin/logga-in", Proof("/admin/konto")));

        Assert.Equal("/admin/konto", there);
        Assert.Contains("Kim &lt;Berg&gt;", await RawAsync(browser, "/admin/konto"), StringComparison.Ordinal);
        Assert.DoesNotContain("__Host-ums-ticket", browser.Cookies.Keys);
        Assert.DoesNotContain("__Host-ums-state", browser.Cookies.Keys);
    }

    [Fact]
    public async Task the_cookie_is_of_the_browser_and_this_host_only()
    {
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/admin/logga-in");
        var response = await browser.SendFormAsync("/admin/logga-in", Proof());
        response = await browser.GetAsync(PathOf(response));
        response = await browser.GetAsync(PathOf(response));

        var cookies = response.Headers.GetValues("Set-Cookie").Where(cookie => cookie.StartsWith("__Host-ums-operator", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Matches("; path=/; secure; samesite=lax; httponly$", cookie.ToLowerInvariant()));
    }

    [Fact]
    public async Task signing_out_ends_the_session_everywhere_and_the_old_cookie_with_it()
    {
        var browser = await SignedInAsync();
        var before = browser.Cookies.ToDictionary();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).StatusCode);

        Assert.Equal("/admin/logga-in?utloggad=1", PathOf(await browser.SendFormAsync("/admin/logga-ut", [])));
        foreach (var (name, value) in before)
            browser.Cookies[name] = value;

        Assert.StartsWith("/admin/logga-in", PathOf(await browser.GetAsync("/admin")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task residents_and_operators_have_sessions_of_their_own()
    {
        var resident = await gateway.SignedInAsync();
        Assert.StartsWith("/admin/logga-in", PathOf(await resident.GetAsync("/admin")), StringComparison.Ordinal);
        var operated = await SignedInAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await operated.GetAsync("/min-sida")).StatusCode);
    }

    [Fact]
    public async Task a_token_is_renewed_before_it_ends_and_a_session_that_ended_is_not()
    {
        gateway.Town.Identity.Operators.TokenSeconds = 30;
        var browser = await SignedInAsync();
        gateway.Town.Requests.Clear();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).StatusCode);
        Assert.Contains(gateway.Town.Requests, seen => seen.Path == "/connect/token" && seen.Body.Contains("grant_type=refresh_token", StringComparison.Ordinal));

        foreach (var session in gateway.Town.Identity.Operators.Sessions.Keys)
            gateway.Town.Identity.Operators.Sessions[session] = false;
        Assert.StartsWith("/admin/logga-in", PathOf(await browser.GetAsync("/admin")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task staff_choose_an_organisation_and_say_why()
    {
        gateway.Town.Identity.Operators.Staff = true;
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/admin/logga-in");
        Assert.Equal("/admin/org?tillbaka=%2Fadmin", await FollowAsync(browser, await browser.SendFormAsync("/admin/logga-in", Proof())));
        Assert.Equal("/admin/org", PathOf(await browser.GetAsync("/admin")));
        await browser.GetAsync("/admin/org?sok=stock");
        Assert.Contains("Stockholms stad", browser.Page, StringComparison.Ordinal);

        using var silent = await browser.SendFormAsync("/admin/org", new() { ["Slug"] = "stockholm", ["Reason"] = "  för  ", ["sok"] = "stock" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        Assert.Contains("minst tio tecken", browser.Page, StringComparison.Ordinal);
        using var entered = await browser.SendFormAsync("/admin/org", new() { ["Slug"] = "stockholm", ["Reason"] = "Ärende 4711, inställningar", ["sok"] = "stock" });

        Assert.Equal("/admin", PathOf(entered));
        Assert.Contains(gateway.Town.Requests, seen => seen.Path == "/api/operator/organisation" && seen.Body.Contains("4711", StringComparison.Ordinal));
        await browser.GetAsync("/admin");
        Assert.Contains("Du arbetar i Stockholms stad.", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_matters_asks_again_and_leads_back()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/konto");
        gateway.Town.Identity.Operators.Stale = true;

        Assert.Equal("/admin/bekrafta?tillbaka=%2Fadmin%2Fkonto", PathOf(await browser.SendFormAsync("/admin/konto?handler=Codes", [])));
        await browser.GetAsync("/admin/bekrafta?tillbaka=%2Fadmin%2Fkonto");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/bekrafta", new() { ["Password"] = "fel", ["Code"] = "1" })).StatusCode);
        Assert.Equal("/admin/konto", PathOf(await browser.SendFormAsync(
            "/admin/bekrafta", new() { ["Password"] = OperatorsDouble.Password, ["Code"] = OperatorsDouble.Code, ["tillbaka"] = "/admin/konto" })));
        await browser.GetAsync("/admin/konto");
        await browser.SendFormAsync("/admin/konto?handler=Codes", []);
        Assert.Contains("eeee-ffff-gggg-hhhh", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_invitation_sets_a_password_and_shows_the_recovery_codes_once()
    {
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/admin/valkommen/" + OperatorsDouble.Invitation);
        Assert.Contains("<svg class=\"qr\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("MZXW 6YTB OI", browser.Page, StringComparison.Ordinal);

        using var uneven = await browser.SendFormAsync("/admin/valkommen/" + OperatorsDouble.Invitation, new() { ["Password"] = OperatorsDouble.Password, ["Repeat"] = "x", ["Code"] = OperatorsDouble.Code });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, uneven.StatusCode);
        using var wrong = await browser.SendFormAsync("/admin/valkommen/" + OperatorsDouble.Invitation, new() { ["Password"] = OperatorsDouble.Password, ["Repeat"] = OperatorsDouble.Password, ["Code"] = "000000" });
        Assert.Contains("Koden stämmer inte.", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(OperatorsDouble.Password, browser.Page, StringComparison.Ordinal);
        using var right = await browser.SendFormAsync("/admin/valkommen/" + OperatorsDouble.Invitation, new() { ["Password"] = OperatorsDouble.Password, ["Repeat"] = OperatorsDouble.Password, ["Code"] = OperatorsDouble.Code });

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("aaaa-bbbb-cccc-dddd", browser.Page, StringComparison.Ordinal);
    }

    private Task<Browser> SignedInAsync() => SignedInAsync(gateway);

    /// <summary>A browser in which Kim is signed in.</summary>
    internal static async Task<Browser> SignedInAsync(GatewayFixture gateway)
    {
        var browser = gateway.NewBrowser();
        await SignInAsync(browser);
        await browser.GetAsync("/admin");
        return browser;
    }

    internal static async Task SignInAsync(Browser browser)
    {
        await browser.GetAsync("/admin/logga-in");
        Assert.Equal("/admin", await FollowAsync(browser, await browser.SendFormAsync("/admin/logga-in", Proof())));
    }

    internal static Dictionary<string, string> Proof(string then = "/admin") =>
        new() { ["Email"] = "kim@example.se", ["Password"] = OperatorsDouble.Password, ["Code"] = OperatorsDouble.Code, ["tillbaka"] = then };

    /// <summary>From the form over /connect/authorize to the way back, and where that leads.</summary>
    private static async Task<string> FollowAsync(Browser browser, HttpResponseMessage sent)
    {
        Assert.StartsWith("/connect/authorize?", PathOf(sent), StringComparison.Ordinal);
        var back = await browser.GetAsync(PathOf(sent));
        Assert.StartsWith("/admin/tillbaka?code=", PathOf(back), StringComparison.Ordinal);
        return PathOf(await browser.GetAsync(PathOf(back)));
    }

    private static async Task<string> RawAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync();

    internal static string PathOf(HttpResponseMessage response)
    {
        var place = response.Headers.Location?.OriginalString ?? throw new InvalidOperationException($"{response.StatusCode} leads nowhere.");
        return place.StartsWith("http", StringComparison.Ordinal) ? new Uri(place).PathAndQuery : place;
    }
}
