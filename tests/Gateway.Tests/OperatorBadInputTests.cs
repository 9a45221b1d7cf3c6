using System.Net;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

public sealed class OperatorBadInputTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("", "x", "1")]
    [InlineData("ingen adress", "x", "1")]
    [InlineData("a@b.se", "", "1")]
    [InlineData("a@b.se", "x", "")]
    [InlineData("a@b.se", "fel", "123456")]
    [InlineData("\"><script>alert(1)</script>@b.se", "x", "1")]
    public async Task a_sign_in_that_is_no_good_says_so_and_keeps_the_address_only(string email, string password, string code)
    {
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/admin/logga-in");

        var response = await browser.SendFormAsync("/admin/logga-in", new() { ["Email"] = email, ["Password"] = password, ["Code"] = code });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.DoesNotContain("<script>alert(1)", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"fel\"", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task the_way_on_stays_here(string then)
    {
        gateway.Town.Identity.Operators.Staff = false;
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/admin/logga-in?tillbaka=" + Uri.EscapeDataString(then));
        var response = await browser.SendFormAsync("/admin/logga-in", OperatorTests.Proof(then));
        response = await browser.GetAsync(OperatorTests.PathOf(response));
        response = await browser.GetAsync(OperatorTests.PathOf(response));
        Assert.Equal("/admin", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task a_code_is_taken_from_the_browser_that_asked_and_from_no_other()
    {
        var (one, other) = (gateway.NewBrowser(), gateway.NewBrowser());
        await one.GetAsync("/admin/logga-in");
        var back = OperatorTests.PathOf(await one.GetAsync(OperatorTests.PathOf(await one.SendFormAsync("/admin/logga-in", OperatorTests.Proof()))));

        Assert.Equal("/admin/logga-in?igen=1", OperatorTests.PathOf(await other.GetAsync(back)));
        Assert.Equal("/admin/logga-in?igen=1", OperatorTests.PathOf(await other.GetAsync("/admin/tillbaka")));
        Assert.Equal("/admin/logga-in?igen=1", OperatorTests.PathOf(await one.GetAsync(back.Replace("state=", "state=x", StringComparison.Ordinal))));
        Assert.Equal("/admin/logga-in?igen=1", OperatorTests.PathOf(await one.GetAsync(back))); // the state was used up
        Assert.DoesNotContain(one.Cookies.Keys.Concat(other.Cookies.Keys), name => name.StartsWith("__Host-ums-operator", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/admin/logga-in")]
    [InlineData("/admin/valkommen/" + OperatorsDouble.Invitation)]
    public async Task a_form_without_its_token_is_refused(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.NewBrowser().SendFormAsync(path, OperatorTests.Proof(), withToken: false)).StatusCode);

    [Theory]
    [InlineData("/admin/valkommen/nothing")]
    [InlineData("/admin/valkommen/%F0%9F%98%80")]
    [InlineData("/admin/finns-inte")]
    public async Task what_is_not_there_says_so(string path) => Assert.Equal(HttpStatusCode.NotFound, (await gateway.NewBrowser().GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/org")]
    [InlineData("/admin/konto")]
    [InlineData("/admin/bekrafta")]
    [InlineData("/admin/logga-ut")]
    public async Task a_page_of_operators_asks_strangers_to_sign_in(string path)
    {
        var browser = gateway.NewBrowser();
        Assert.StartsWith("/admin/logga-in", OperatorTests.PathOf(await browser.GetAsync(path)), StringComparison.Ordinal);
        browser.Cookies["__Host-ums-operator"] = "CfDJ8-not-one-of-ours";
        Assert.StartsWith("/admin/logga-in", OperatorTests.PathOf(await browser.GetAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_tampered_choice_of_organisation_is_refused()
    {
        gateway.Town.Identity.Operators.Staff = true;
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/admin/logga-in");
        var response = await browser.SendFormAsync("/admin/logga-in", OperatorTests.Proof());
        response = await browser.GetAsync(OperatorTests.PathOf(response));
        await browser.GetAsync(OperatorTests.PathOf(response));
        await browser.GetAsync("/admin/org");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/org", new() { ["Slug"] = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/org", new() { ["Slug"] = new string('x', 65), ["Reason"] = "long enough" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/org", new() { ["Slug"] = "stockholm", ["Reason"] = new string('x', 301) })).StatusCode);
    }
}
