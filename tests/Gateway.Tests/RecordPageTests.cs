using System.Net;
using System.Text.Json;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>Operators search, look, correct, erase and read the audit on the pages, without script.</summary>
public sealed class RecordPageTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public RecordPageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Editor);
    }

    private RecordsDouble Records => gateway.Town.Records;

    [Fact]
    public async Task a_search_shows_hits_and_tells_the_address_bar_nothing()
    {
        var browser = await SignedInAsync();
        Records.Put();
        var last = Records.Put(masked: true);
        await browser.GetAsync("/admin/kontakter");

        var to = OperatorTests.PathOf(await browser.SendFormAsync("/admin/kontakter", new() { ["Name"] = "Åkerlund", ["Phone"] = "070-174 06 05" }));
        using var found = await browser.GetAsync(to);
        var raw = await found.Content.ReadAsStringAsync();

        Assert.StartsWith("/admin/kontakter?sok=", to, StringComparison.Ordinal);
        foreach (var told in new[] { "kerlund", "174" })
        {
            Assert.DoesNotContain(told, Uri.UnescapeDataString(to), StringComparison.Ordinal);
        }
        Assert.Contains("Åkerlund &lt;b&gt;", raw, StringComparison.Ordinal);
        Assert.Contains("Dolt namn", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Sankt Eriksgatan 117, 113 43 Stockholm", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Åkerlund\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains($"&efter={last}", browser.Page, StringComparison.Ordinal);
        Assert.Contains(gateway.Town.Requests, seen => seen.Path == "/api/contacts/search" && seen.Body.Contains("070-174 06 05", StringComparison.Ordinal));
        Assert.Contains("no-store", found.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_card_says_everything_in_text_and_lets_only_editors_act()
    {
        var id = Records.Put();
        var (editor, reader) = (await SignedInAsync(), await SignedInAsync(Roles.Reader));

        var raw = await (await editor.GetAsync($"/admin/kontakter/{id}")).Content.ReadAsStringAsync();
        await reader.GetAsync($"/admin/kontakter/{id}");

        Assert.Contains("Kerstin Åkerlund &lt;b&gt;", raw, StringComparison.Ordinal);
        foreach (var text in new[] { "070-174 06 05", "Sankt Eriksgatan 117", "1961-04-12", "Tilläggsregistret (ny)", "Invånaren lade upp uppgiften", "data-lat=\"59.34\"" })
        {
            Assert.Contains(text, editor.Page, StringComparison.Ordinal);
            Assert.Contains(text, reader.Page, StringComparison.Ordinal);
        }
        Assert.Contains("/radera\"", editor.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("/radera\"", reader.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Version\"", reader.Page, StringComparison.Ordinal);
        foreach (var path in new[] { "/admin/kontakter/ny", $"/admin/kontakter/{id}/ratta", $"/admin/kontakter/{id}/radera", $"/admin/kontakter/{id}/adress" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task the_menu_shows_each_page_to_whom_it_is_for()
    {
        foreach (var (role, contacts, log) in new[] { (Roles.Reader, true, false), (Roles.Editor, true, false), (Roles.Sender, false, false), (Roles.Administrator, true, true) })
        {
            var browser = await SignedInAsync(role);
            await browser.GetAsync("/admin/org");
            Assert.Equal((role, contacts, log), (role, browser.Page.Contains("href=\"/admin/kontakter\"", StringComparison.Ordinal), browser.Page.Contains("href=\"/admin/logg\"", StringComparison.Ordinal)));
            Assert.Equal(contacts ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await browser.GetAsync("/admin/kontakter")).StatusCode);
            Assert.Equal(log ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await browser.GetAsync("/admin/logg")).StatusCode);
        }
    }

    [Fact]
    public async Task a_restricted_card_says_why_and_offers_no_change()
    {
        var id = Records.Put(restricted: true);
        var browser = await SignedInAsync();

        var raw = await (await browser.GetAsync($"/admin/kontakter/{id}")).Content.ReadAsStringAsync();

        Assert.Contains("Prövas &lt;i&gt;", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("/ratta\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("?handler=Phone", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Häv begränsningen", browser.Page, StringComparison.Ordinal);
        Assert.Equal($"/admin/kontakter/{id}", OperatorTests.PathOf(await browser.GetAsync($"/admin/kontakter/{id}/ratta")));
    }

    [Fact]
    public async Task of_two_who_correct_the_second_is_told_keeps_what_they_wrote_and_may_save_it_still()
    {
        var id = Records.Put();
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/kontakter/{id}/ratta");
        Records.ChangeByAnother(id);
        var form = Correction(3, "Min stavning");

        using var late = await browser.SendFormAsync($"/admin/kontakter/{id}/ratta", form);

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Någon annan har ändrat uppgifterna medan du skrev.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Annans Åkerlund", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Min stavning\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"4\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal($"/admin/kontakter/{id}", OperatorTests.PathOf(await browser.SendFormAsync($"/admin/kontakter/{id}/ratta", Correction(4, "Min stavning"))));
        Assert.Contains("Min stavning", Assert.Single(Records.Done).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_hidden_name_is_not_filled_in_and_is_kept_when_nothing_is_typed()
    {
        var id = Records.Put(masked: true);
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/kontakter/{id}/ratta");
        Assert.Contains("Ett fält som är tomt behåller det som står.", browser.Page, StringComparison.Ordinal);

        await browser.SendFormAsync($"/admin/kontakter/{id}/ratta", new() { ["Version"] = "3", ["GivenName"] = "", ["FamilyName"] = "", ["NameHidden"] = "true" });

        var body = JsonDocument.Parse(Assert.Single(Records.Done).Body).RootElement;
        Assert.Equal((JsonValueKind.Null, true), (body.GetProperty("familyName").ValueKind, body.GetProperty("nameHidden").GetBoolean()));
    }

    [Theory]
    [InlineData("radera", "erase")]
    [InlineData("begransa", "put /restriction")]
    [InlineData("invandning", "put /objection")]
    [InlineData("visa-dolt", "unmask")]
    [InlineData("lamna-ut", "export")]
    public async Task what_needs_a_reason_gets_one_and_the_reason_goes_along(string path, string what)
    {
        var id = Records.Put(masked: true);
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/kontakter/{id}/{path}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync($"/admin/kontakter/{id}/{path}", new() { ["Version"] = "3", ["Reason"] = " " })).StatusCode);
        Assert.Contains("Skriv varför. Det står sedan i loggen.", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Records.Done);

        using var answer = await browser.SendFormAsync($"/admin/kontakter/{id}/{path}", new() { ["Version"] = "3", ["Reason"] = "Personen bad om det" });

        var (done, body) = Assert.Single(Records.Done);
        Assert.Equal((what, true), (done, body.Contains("Personen bad om det", StringComparison.Ordinal)));
        Assert.Equal(what is "unmask" or "export" ? HttpStatusCode.OK : HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(what == "unmask", browser.Page.Contains("Doris Dold", StringComparison.Ordinal));
        Assert.Equal(what == "export", answer.Content.Headers.ContentDisposition?.DispositionType == "attachment");
        Assert.Equal(what != "erase", Records.Has(id));
    }

    [Fact]
    public async Task an_old_sign_in_is_asked_for_again_and_leads_back()
    {
        var id = Records.Put();
        var browser = await SignedInAsync();
        await browser.GetAsync($"/admin/kontakter/{id}/radera");
        Records.Refusal = (403, "sign-in-again");

        var to = OperatorTests.PathOf(await browser.SendFormAsync($"/admin/kontakter/{id}/radera", new() { ["Version"] = "3", ["Reason"] = "Personen bad om det" }));

        Assert.Equal($"/admin/bekrafta?tillbaka={Uri.EscapeDataString($"/admin/kontakter/{id}/radera")}", to);
    }

    [Fact]
    public async Task a_person_is_added_with_an_address_from_the_list_and_what_was_typed_stays()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/kontakter/ny");
        var form = new Dictionary<string, string>
        {
            ["Kind"] = "private", ["GivenName"] = "Kerstin", ["FamilyName"] = "Åkerlund", ["BirthDate"] = "1961-04-12", ["Phone"] = "070-174 06 05", ["Street"] = "Birger Jarlsgatan",
        };
        await browser.SendFormAsync("/admin/kontakter/ny?handler=Search", form);
        Assert.Contains("value=\"Birger Jarlsgatan-131a\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Kerstin\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/kontakter/ny", form)).StatusCode);
        Assert.Contains("Sök och välj en adress.", browser.Page, StringComparison.Ordinal);
        form["AddressId"] = "Birger Jarlsgatan-131a";
        Records.Refusal = (409, "phone-taken");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/kontakter/ny", form)).StatusCode);
        Assert.Contains("Numret finns redan hos någon annan.", browser.Page, StringComparison.Ordinal);
        gateway.Town.Away["contacts"] = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.SendFormAsync("/admin/kontakter/ny", form)).StatusCode);
        Assert.Contains("value=\"Kerstin\"", browser.Page, StringComparison.Ordinal);
        gateway.Town.Away.Clear();
        Records.Refusal = null;

        Assert.StartsWith("/admin/kontakter/0", OperatorTests.PathOf(await browser.SendFormAsync("/admin/kontakter/ny", form)), StringComparison.Ordinal);

        Assert.Contains("\"birthDate\":\"19610412\"", Assert.Single(Records.Done).Body, StringComparison.Ordinal);
        await browser.SendFormAsync("/admin/kontakter/ny?handler=Search", new() { ["Street"] = "" });
        Assert.Contains("Skriv gatans eller gårdens namn.", browser.Page, StringComparison.Ordinal);
        await browser.SendFormAsync("/admin/kontakter/ny?handler=Search", new() { ["Street"] = "Storgatan" });
        Assert.Contains("Ingen adress i organisationens område passar.", browser.Page, StringComparison.Ordinal);
    }

    internal static Dictionary<string, string> Correction(int version, string familyName) =>
        new() { ["Version"] = $"{version}", ["GivenName"] = "Kerstin", ["FamilyName"] = familyName, ["BirthDate"] = "19610412" };

    private Task<Browser> SignedInAsync(string role = Roles.Editor)
    {
        gateway.Town.Identity.Operators.Role = role;
        return OperatorTests.SignedInAsync(gateway);
    }
}
