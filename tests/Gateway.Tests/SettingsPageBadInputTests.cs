using System.Net;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

public sealed class SettingsPageBadInputTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public SettingsPageBadInputTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Administrator);
    }

    [Theory]
    [InlineData("name", "one-to-hundred-letters", "Typed.Name", "Skriv organisationens namn")]
    [InlineData("smsSenderName", "three-to-eleven-letters-and-digits", "Typed.Sender", "Först en bokstav")]
    [InlineData("voiceCallerId", "not-a-number-in-e164", "Typed.CallerId", "svenskt eller norskt nummer")]
    [InlineData("categories", "one-to-twenty-different-names", "Typed.Categories", "En till tjugo")]
    [InlineData("municipalityCodes", "changed-by-ums-only", "Typed.Municipalities", "ändrar bara UMS")]
    [InlineData("somethingNew", "a-word-of-tomorrow", "", "Kontrollera det")]
    public async Task what_identity_refuses_is_said_beside_its_field_and_all_that_was_typed_stays(string field, string fault, string there, string said)
    {
        var browser = await OperatorTests.SignedInAsync(gateway);
        await browser.GetAsync("/admin/organisation");
        gateway.Town.Organisation.Fault = (field, fault);
        using var refused = await browser.SendFormAsync("/admin/organisation", SettingsPageTests.Form("<script>x</script>", callerId: "inget nummer"));
        var raw = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", raw, StringComparison.Ordinal);
        Assert.Contains("value=\"inget nummer\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains(there.Length == 0 ? "Det gick inte" : $"href=\"#{there}\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(1, gateway.Town.Organisation.Version);
    }

    [Theory]
    [InlineData("25:00", "07:00", "365", "30", "Skriv tiden som 22:00.")]
    [InlineData("22:00", "", "365", "30", "Fyll i båda tiderna")]
    [InlineData("22:00", "07:00", "0", "30", "Mellan 1 och 3650 dagar.")]
    [InlineData("22:00", "07:00", "365", "3651", "Mellan 1 och 3650 dagar.")]
    [InlineData("22:00", "07:00", "-1", "30", "Mellan 1 och 3650 dagar.")]
    [InlineData("22:00", "07:00", "ett år", "99999999999", "Mellan 1 och 3650 dagar.")]
    public async Task rules_that_cannot_be_are_not_saved(string from, string to, string texts, string recipients, string said)
    {
        gateway.Town.Identity.Operators.Role = Roles.Approver;
        var browser = await OperatorTests.SignedInAsync(gateway);
        await browser.GetAsync("/admin/organisation/regler");
        using var refused = await browser.SendFormAsync("/admin/organisation/regler", new() { ["QuietFrom"] = from, ["QuietTo"] = to, ["TextDays"] = texts, ["RecipientDays"] = recipients, ["Version"] = "1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        Assert.Equal(1, (int)gateway.Town.Alerts.Settings["version"]!);
    }

    [Theory]
    [InlineData("personer?handler=Invite", "Chosen", "")]
    [InlineData("personer?handler=Roles", "id", "019ab000-0000-7000-8000-00000000ffff")]
    [InlineData("personer?handler=Roles", "id", "not-an-id")]
    [InlineData("personer?handler=Remove", "id", "")]
    [InlineData("personer?handler=Withdraw", "id", "019ab000-0000-7000-8000-00000000ffff")]
    [InlineData("api?handler=Create", "Name", "")]
    [InlineData("api?handler=Rotate", "id", "../../settings")]
    [InlineData("api?handler=Revoke", "id", "")]
    public async Task what_names_nothing_is_said_and_nothing_is_done(string path, string field, string value)
    {
        var browser = await OperatorTests.SignedInAsync(gateway);
        await browser.GetAsync($"/admin/organisation/{path.Split('?')[0]}");
        gateway.Town.Requests.Clear();
        using var refused = await browser.SendFormAsync($"/admin/organisation/{path}", new() { [field] = value });
        Assert.InRange((int)refused.StatusCode, 400, 422);
        Assert.Contains("role=\"alert\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Town.Requests, seen => seen.Method == "PUT" || seen.Path.EndsWith("/settings", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/admin/organisation/personer?handler=Invite", Roles.Administrator)]
    [InlineData("/admin/organisation/api?handler=Create", Roles.Administrator)]
    [InlineData("/admin/organisation/inloggning", Roles.Administrator)]
    [InlineData("/admin/organisation/inloggning?handler=Remove", Roles.Administrator)]
    [InlineData("/admin/organisation/regler", Roles.Approver)]
    [InlineData("/admin/organisation", Roles.Administrator)]
    public async Task what_was_meant_for_another_organisation_is_not_done_in_this_one(string path, string role)
    {
        gateway.Town.Identity.Operators.Role = role;
        var browser = await OperatorTests.SignedInAsync(gateway);
        await browser.GetAsync(path.Split('?')[0]);
        Assert.Contains("name=\"Writing\" value=\"stockholm\"", path.EndsWith("Remove", StringComparison.Ordinal) ? "name=\"Writing\" value=\"stockholm\"" : browser.Page, StringComparison.Ordinal);
        gateway.Town.Requests.Clear();
        using var refused = await browser.SendFormAsync(path, new() { ["Writing"] = "goteborg", ["Name"] = "Nils Ny", ["Email"] = "n@example.se", ["Chosen"] = "reader" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("bytt organisation i ett annat fönster", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Town.Requests, seen => seen.Method != "GET");
    }

    [Theory]
    [InlineData("/admin/organisation/personer", Roles.Reader)]
    [InlineData("/admin/organisation/api", Roles.Approver)]
    [InlineData("/admin/organisation/inloggning", Roles.Editor)]
    [InlineData("/admin/organisation/regler", Roles.Administrator)]
    [InlineData("/admin/register", Roles.Administrator)]
    public async Task a_page_that_the_role_does_not_reach_says_so(string path, string role)
    {
        gateway.Town.Identity.Operators.Role = role;
        var browser = await OperatorTests.SignedInAsync(gateway);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(path)).StatusCode);
        Assert.Contains("Din roll i organisationen räcker inte till.", browser.Page, StringComparison.Ordinal);
        Assert.StartsWith("/admin/logga-in", OperatorTests.PathOf(await gateway.NewBrowser().GetAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_reader_who_sends_the_settings_form_is_refused()
    {
        gateway.Town.Identity.Operators.Role = Roles.Reader;
        var browser = await OperatorTests.SignedInAsync(gateway);
        await browser.GetAsync("/admin/organisation");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendFormAsync("/admin/organisation", SettingsPageTests.Form())).StatusCode);
        Assert.Equal(1, gateway.Town.Organisation.Version);
    }

    [Theory]
    [InlineData("/admin/organisation/personer?handler=Invite")]
    [InlineData("/admin/organisation/api?handler=Create")]
    [InlineData("/admin/organisation/inloggning")]
    public async Task a_form_without_its_token_does_nothing(string path)
    {
        var browser = await OperatorTests.SignedInAsync(gateway);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendFormAsync(path, new() { ["Name"] = "x", ["Chosen"] = "reader" }, withToken: false)).StatusCode);
    }

    [Fact]
    public async Task a_service_that_is_away_leaves_what_was_typed_on_the_page()
    {
        gateway.Town.Identity.Operators.Role = Roles.Approver;
        var browser = await OperatorTests.SignedInAsync(gateway);
        await browser.GetAsync("/admin/organisation/regler");
        gateway.Town.Away["notifier"] = true;
        using var away = await browser.SendFormAsync("/admin/organisation/regler", new() { ["QuietFrom"] = "21:15", ["QuietTo"] = "06:45", ["TextDays"] = "100", ["RecipientDays"] = "20", ["Version"] = "1" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Contains("value=\"21:15\"", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync("/admin/organisation");
        Assert.Contains("Går inte att läsa just nu.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Stockholm (0180)", browser.Page, StringComparison.Ordinal);
    }
}
