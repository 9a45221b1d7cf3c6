using System.Net;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>What is typed wrongly, comes too late or was never there, on the pages about people.</summary>
public sealed class RecordPageBadInputTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public RecordPageBadInputTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Editor);
    }

    private RecordsDouble Records => gateway.Town.Records;

    [Fact]
    public async Task a_search_that_is_none_an_old_one_and_another_operators_are_said()
    {
        var (browser, other) = (await SignedInAsync(), await SignedInAsync());
        await browser.GetAsync("/admin/kontakter");
        using (var empty = await browser.SendFormAsync("/admin/kontakter", new() { ["Name"] = "  " }))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        }
        Assert.Contains("Skriv ett namn, ett nummer eller en adress.", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/kontakter", new() { ["Address"] = new string('x', 201) })).StatusCode);
        await browser.GetAsync("/admin/kontakter?sok=CfDJ8-not-ours");
        Assert.Contains("Sökningen är för gammal.", browser.Page, StringComparison.Ordinal);
        var mine = OperatorTests.PathOf(await browser.SendFormAsync("/admin/kontakter", new() { ["Name"] = "Åkerlund" }));
        await other.GetAsync(mine);
        Assert.Contains("Sökningen är för gammal.", other.Page, StringComparison.Ordinal);
        Records.Fault = ("phone", "phone-not-allowed");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.GetAsync(mine)).StatusCode);
        Assert.Contains("Dit kan vi inte skicka", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Records.Done, done => done.What == "search");
    }

    [Theory]
    [InlineData("birthDate", "not-a-date", "åtta siffror")]
    [InlineData("givenName", "too-long", "Texten är för lång.")]
    [InlineData("reason", "required", "Skriv varför.")]
    public async Task a_correction_that_cannot_be_taken_is_said_beside_its_field(string field, string fault, string said)
    {
        var id = Records.Put();
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/kontakter/{id}/ratta");
        Records.Fault = (field, fault);

        using var answer = await browser.SendFormAsync($"/admin/kontakter/{id}/ratta", RecordPageTests.Correction(3, "Min stavning"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        Assert.Contains($"id=\"{char.ToUpperInvariant(field[0])}{field[1..]}-error\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Min stavning\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task who_decides_about_what_has_changed_since_is_told_and_keeps_the_reason()
    {
        var id = Records.Put();
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/kontakter/{id}/radera");
        Records.ChangeByAnother(id);

        using var answer = await browser.SendFormAsync($"/admin/kontakter/{id}/radera", new() { ["Version"] = "3", ["Reason"] = "Personen bad om det" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Någon annan har ändrat uppgifterna", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Personen bad om det</textarea>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"4\"", browser.Page, StringComparison.Ordinal);
        Assert.True(Records.Has(id));
    }

    [Theory]
    [InlineData("Phone", "number", "12")]
    [InlineData("RemovePhone", "phone", "not-an-id")]
    [InlineData("RemoveAddress", "address", "")]
    [InlineData("Main", "address", "x")]
    [InlineData("Alerts", "enabled", "maybe")]
    public async Task small_forms_with_nonsense_lead_back_to_the_card_with_a_word(string handler, string field, string typed)
    {
        var id = Records.Put();
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/kontakter/{id}");
        Records.Refusal = (409, "main-address");

        Assert.Equal($"/admin/kontakter/{id}", OperatorTests.PathOf(await browser.SendFormAsync($"/admin/kontakter/{id}?handler={handler}", new() { ["Version"] = "3", [field] = typed })));
        await browser.GetAsync($"/admin/kontakter/{id}");
        Assert.Contains("Det är huvudadressen.", browser.Page, StringComparison.Ordinal);
        Assert.Equal($"/admin/kontakter/{id}", OperatorTests.PathOf(await browser.SendFormAsync($"/admin/kontakter/{id}?handler={handler}", new() { ["Version"] = "nonsense", [field] = typed })));
        await browser.GetAsync($"/admin/kontakter/{id}");
        Assert.Contains("Någon annan har ändrat uppgifterna", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendFormAsync($"/admin/kontakter/{id}?handler={handler}", new() { ["Version"] = "3" }, withToken: false)).StatusCode);
        Assert.Empty(Records.Done);
    }

    [Theory]
    [InlineData("/admin/kontakter/{0}/finns-inte")]
    [InlineData("/admin/kontakter/019ab000-0000-7000-8000-0000000000ff")]
    [InlineData("/admin/kontakter/019ab000-0000-7000-8000-0000000000ff/radera")]
    [InlineData("/admin/kontakter/inget-id")]
    public async Task what_is_not_there_says_so(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await SignedInAsync()).GetAsync(string.Format(null, path, Records.Put()))).StatusCode);

    private Task<Browser> SignedInAsync() => OperatorTests.SignedInAsync(gateway);
}
