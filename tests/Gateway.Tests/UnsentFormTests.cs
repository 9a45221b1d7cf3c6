using System.Net;
using Microsoft.AspNetCore.Mvc;
using Ums.Gateway.Pages.Admin;
using Ums.Gateway.Pages.Admin.Alerts;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>What an operator had typed when the session ended stands there again after the sign-in: theirs alone, once, and never sent by itself.</summary>
public sealed class UnsentFormTests : IClassFixture<GatewayFixture>
{
    private const string New = "/admin/kontakter/ny", Rules = "/admin/organisation/regler", Waits = "Det du skrev finns kvar";

    private readonly GatewayFixture gateway;

    public UnsentFormTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        (Operators.Staff, Operators.Stale, Operators.TokenSeconds, Operators.Role, Operators.Who, Operators.Place) = (false, false, 600, Roles.Editor, OperatorsDouble.Kim, "stockholm");
    }

    private OperatorsDouble Operators => gateway.Town.Identity.Operators;

    [Fact]
    public async Task a_person_typed_when_the_session_ended_stands_there_again_and_is_not_sent()
    {
        var browser = await EndedAsync(New);
        Assert.Equal($"/admin/logga-in?tillbaka={Uri.EscapeDataString(New)}", OperatorTests.PathOf(await browser.SendFormAsync($"{New}?handler=Search", Person())));
        await browser.GetAsync($"/admin/logga-in?tillbaka={Uri.EscapeDataString(New)}");
        Assert.Contains("Du har blivit utloggad. Det du skrev finns kvar", browser.Page, StringComparison.Ordinal);
        await OperatorTests.SignInAsync(browser);

        await browser.GetAsync(New);

        Assert.Contains(Waits, browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Kerstin\"", browser.Page, StringComparison.Ordinal);
        Assert.Matches("value=\"company\" checked", browser.Page);
        Assert.Matches("name=\"Protected\"[^>]* checked", browser.Page);
        Assert.DoesNotMatch("name=\"NameHidden\"[^>]* checked", browser.Page);
        Assert.Empty(gateway.Town.Records.Done);
        await browser.GetAsync(New);
        Assert.DoesNotContain("Kerstin", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_was_typed_stands_over_what_is_saved_with_the_version_that_was_seen()
    {
        Operators.Role = Roles.Approver;
        var browser = await EndedAsync(Rules);
        await browser.SendFormAsync(Rules, new() { ["QuietFrom"] = "23:15", ["QuietTo"] = "", ["TextDays"] = "30", ["RecipientDays"] = "14", ["Version"] = "7", ["Writing"] = "stockholm" });
        await OperatorTests.SignInAsync(browser);

        await browser.GetAsync(Rules);

        Assert.Contains(Waits, browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"23:15\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"7\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_form_from_elsewhere_does_not_wait()
    {
        var browser = await EndedAsync(New);
        browser.Headers["Sec-Fetch-Site"] = "cross-site";
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendFormAsync(New, Person())).StatusCode);
        browser.Headers.Clear();

        await StandsEmptyAsync(browser);
    }

    [Fact]
    public async Task a_very_long_form_leads_to_the_sign_in_without_waiting()
    {
        var browser = await EndedAsync(New);
        Assert.Equal("/admin/logga-in?tillbaka=%2Fadmin", OperatorTests.PathOf(await browser.SendFormAsync(New, Person(new string('å', 1500)))));

        await StandsEmptyAsync(browser);
    }

    [Fact]
    public async Task a_sign_out_in_another_tab_loses_nothing_that_was_typed_in_this_one()
    {
        var browser = await OperatorTests.SignedInAsync(gateway);
        await browser.GetAsync(New);
        await browser.SendFormAsync("/admin/logga-ut", []);
        Assert.DoesNotContain("__Host-ums-operator", browser.Cookies.Keys);

        Assert.Equal($"/admin/logga-in?tillbaka={Uri.EscapeDataString(New)}", OperatorTests.PathOf(await browser.SendFormAsync(New, Person())));
        await OperatorTests.SignInAsync(browser);
        await browser.GetAsync(New);

        Assert.Contains("value=\"Kerstin\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task another_who_signs_in_at_the_same_browser_does_not_see_it()
    {
        var browser = await EndedAsync(New);
        await browser.SendFormAsync(New, Person());
        Operators.Who = Guid.NewGuid();

        await StandsEmptyAsync(browser);
    }

    [Fact]
    public async Task nor_does_the_same_operator_in_another_organisation()
    {
        var browser = await EndedAsync(New);
        await browser.SendFormAsync(New, Person());
        Operators.Place = "goteborg";

        await StandsEmptyAsync(browser);
    }

    [Fact]
    public async Task what_is_no_form_leads_to_the_sign_in()
    {
        var browser = await EndedAsync(New);
        var many = Enumerable.Range(0, 100).ToDictionary(n => $"f{n}", n => "x");
        Assert.Equal("/admin/logga-in?tillbaka=%2Fadmin", OperatorTests.PathOf(await browser.SendFormAsync(New, many)));
        using var cut = new HttpRequestMessage(HttpMethod.Post, New) { Content = new StringContent("--a\r\nContent-Disposition: form-data; name=\"GivenName\"\r\n\r\nKer") };
        cut.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=a");
        Assert.Equal("/admin/logga-in?tillbaka=%2Fadmin", OperatorTests.PathOf(await browser.SendAsync(cut)));
    }

    [Fact]
    public async Task a_number_typed_on_a_persons_card_stands_there_again()
    {
        var card = $"/admin/kontakter/{gateway.Town.Records.Put()}";
        var browser = await EndedAsync(card);
        await browser.SendFormAsync($"{card}?handler=Phone", new() { ["number"] = "070-174 06 97", ["Version"] = "3" });
        await OperatorTests.SignInAsync(browser);

        await browser.GetAsync(card);

        Assert.Contains(Waits, browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"070-174 06 97\"", browser.Page, StringComparison.Ordinal);
        Assert.Empty(gateway.Town.Records.Done);
    }

    [Fact]
    public async Task what_confirms_an_act_is_typed_anew()
    {
        var id = gateway.Town.Register.Put("ready", gone: 40, many: true);
        var browser = await EndedAsync($"/admin/register/{id}");
        Assert.Equal("/admin/logga-in?tillbaka=%2Fadmin",
            OperatorTests.PathOf(await browser.SendFormAsync($"/admin/register/{id}?handler=Approve", new() { ["GoneTyped"] = "4711", ["Writing"] = "stockholm" })));
        await OperatorTests.SignInAsync(browser);

        await browser.GetAsync($"/admin/register/{id}");

        Assert.DoesNotContain("4711", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public void a_form_within_a_page_is_put_back_field_by_field_and_another_form_is_left()
    {
        var page = new Writing { Typed = new AlertForm { Danger = true, Valid = "6" }, Other = new AlertForm { Danger = true } };

        TypedFields.PutBack(page, new Dictionary<string, string[]> { ["Typed.Title"] = ["Läcka"], ["Typed.Everyone"] = ["true"], ["Version"] = ["three"] });

        Assert.Equal(("Läcka", true, false, "6", 2), (page.Typed.Title, page.Typed.Everyone, page.Typed.Danger, page.Typed.Valid, page.Version));
        Assert.True(page.Other.Danger);
    }

    private sealed class Writing
    {
        [BindProperty]
        public AlertForm Typed { get; set; } = new();

        [BindProperty]
        public AlertForm Other { get; set; } = new();

        [BindProperty]
        public int Version { get; set; } = 2;
    }

    /// <summary>Signed in anew, the page is there and nothing of what was typed.</summary>
    private static async Task StandsEmptyAsync(Browser browser)
    {
        await OperatorTests.SignInAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(New)).StatusCode);
        Assert.DoesNotContain(Waits, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Åkerlund", browser.Page, StringComparison.Ordinal);
    }

    /// <summary>A browser with the page open in a session that has since ended.</summary>
    private async Task<Browser> EndedAsync(string page)
    {
        var browser = await OperatorTests.SignedInAsync(gateway);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page)).StatusCode);
        foreach (var session in Operators.Sessions.Keys)
        {
            Operators.Sessions[session] = false;
        }
        return browser;
    }

    private static Dictionary<string, string> Person(string name = "Kerstin") => new()
    {
        ["Kind"] = "company", ["GivenName"] = name, ["FamilyName"] = "Åkerlund", ["Phone"] = "070-174 06 05", ["Street"] = "Storgatan", ["Protected"] = "true",
    };
}
