using System.Net;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>The register's pages, without script: an import is looked at, decided on and rolled back.</summary>
public sealed class RegisterDecisionTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public RegisterDecisionTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Editor);
    }

    private RegisterDouble Register => gateway.Town.Register;

    [Fact]
    public async Task a_dry_run_is_looked_at_and_approved_once()
    {
        var (browser, id) = (await SignedInAsync(), Register.Put("ready"));
        var raw = await (await browser.GetAsync($"/admin/register/{id}")).Content.ReadAsStringAsync();
        foreach (var shown in (string[])["1\u00a0200", "Mobilnumret går inte att läsa", "Dolt namn", "Odengatan 2", "7 har skyddad identitet"])
            Assert.Contains(shown, browser.Page, StringComparison.Ordinal);
        Assert.Contains("Astrid &lt;Ny&gt;", raw, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;new-word", raw, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;cia", raw, StringComparison.Ordinal);
        await browser.GetAsync("/admin");
        Assert.Contains($"/admin/register/{id}\"", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync("/admin/register");
        Assert.DoesNotContain("type=\"file\"", browser.Page, StringComparison.Ordinal);

        Assert.Equal($"/admin/register/{id}", OperatorTests.PathOf(await browser.SendFormAsync($"/admin/register/{id}?handler=Approve", [])));
        Register.Refusal = "not-now";
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendFormAsync($"/admin/register/{id}?handler=Discard", [])).StatusCode);
        Assert.Contains("har redan gått vidare", browser.Page, StringComparison.Ordinal);
        Assert.Single(Register.Decided);
    }

    [Fact]
    public async Task where_many_would_go_their_number_is_typed()
    {
        var (browser, id) = (await SignedInAsync(), Register.Put("ready", gone: 4218, many: true));
        await browser.GetAsync($"/admin/register/{id}");
        foreach (var typed in (string[])["", "alla", "4217", "-4218", "99999999999999"])
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync($"/admin/register/{id}?handler=Approve", new() { ["GoneTyped"] = typed })).StatusCode);
        Assert.Empty(Register.Decided);
        Assert.Equal($"/admin/register/{id}", OperatorTests.PathOf(await browser.SendFormAsync($"/admin/register/{id}?handler=Approve", new() { ["GoneTyped"] = "4 218" })));
        Assert.Contains("4218", Assert.Single(Register.Decided).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("too-late", "för sent")]
    [InlineData("overtaken", "Det senaste rullas tillbaka först")]
    public async Task what_can_no_longer_be_rolled_back_says_why(string slug, string said)
    {
        var (browser, id) = (await SignedInAsync(), Register.Put("done"));
        await browser.GetAsync($"/admin/register/{id}");
        Assert.Contains("Rulla tillbaka importen", browser.Page, StringComparison.Ordinal);
        Register.Refusal = slug;
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendFormAsync($"/admin/register/{id}?handler=RollBack", [])).StatusCode);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unpacks-too-far", "växer mer än någon riktig fil")]
    [InlineData("damaged-archive", "skadad eller avklippt")]
    [InlineData("cut-short", "slutar mitt i en rad")]
    [InlineData("unknown-column", "Ett felstavat namn")]
    [InlineData("a-new-word", "Något gick fel hos oss")]
    public async Task a_file_that_could_not_be_used_says_why(string fault, string said)
    {
        var (browser, id) = (await SignedInAsync(), Register.Put("failed", fault: fault));
        await browser.GetAsync($"/admin/register/{id}");
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        Assert.Contains("Rad 12.", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_script_asks_how_far_it_is_and_the_refused_come_as_a_file()
    {
        var (browser, id) = (await SignedInAsync(), Register.Put("reading"));
        await browser.GetAsync($"/admin/register/{id}?handler=State");
        Assert.Contains("\"percent\":42", browser.Page, StringComparison.Ordinal);
        Assert.Contains("4\\u00A0218 rader", browser.Page.Replace("\u00a0", "\\u00A0", StringComparison.Ordinal), StringComparison.Ordinal);
        var file = await browser.GetAsync($"/admin/register/{id}/avvisade.csv");
        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        Assert.Contains("2,mobile", browser.Page, StringComparison.Ordinal);
        foreach (var path in (string[])["", "?handler=State", "/avvisade.csv"])
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/admin/register/{Guid.CreateVersion7()}{path}")).StatusCode);
        Assert.Equal("application/schema+json", (await browser.GetAsync("/admin/register/schema.json")).Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task delivery_and_imports_stand_on_the_first_page_and_their_absence_breaks_nothing()
    {
        var browser = await SignedInAsync();
        Assert.Contains("pausad efter många fel", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Inget register läses in.", browser.Page, StringComparison.Ordinal);
        gateway.Town.Away["contacts"] = gateway.Town.Away["notifier"] = true;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).StatusCode);
        Assert.Contains("Går inte att läsa just nu.", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("46elks", browser.Page, StringComparison.Ordinal);
    }

    private Task<Browser> SignedInAsync() => OperatorTests.SignedInAsync(gateway);
}
