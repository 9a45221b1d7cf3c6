using System.Net;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>The organisation's pages, without script: settings, rules, people, programs, provider.</summary>
public sealed class SettingsPageTests : IClassFixture<GatewayFixture>
{
    private const string People = "/admin/organisation/personer", Api = "/admin/organisation/api", Provider = "/admin/organisation/inloggning", Rules = "/admin/organisation/regler";

    private readonly GatewayFixture gateway;

    public SettingsPageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds) = (false, false, 600);
    }

    private OrganisationDouble Organisation => gateway.Town.Organisation;

    [Fact]
    public async Task the_organisation_is_shown_with_its_link_and_what_to_put_on_ones_own_site()
    {
        var browser = await SignedInAsync(Roles.Reader);
        var raw = await (await browser.GetAsync("/admin/organisation")).Content.ReadAsStringAsync();
        Assert.Contains("Stockholms &lt;stad&gt;", raw, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"qr\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://portal.example/k/stockholm\">Välj hur Stockholms &lt;stad&gt; når dig", WebUtility.HtmlDecode(raw), StringComparison.Ordinal);
        Assert.Contains("Stockholm (0180), 41\u00a0234 adresser", browser.Page, StringComparison.Ordinal);
        Assert.Contains("22:00 till 07:00", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Typed.Name\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(People, browser.Page, StringComparison.Ordinal);

        var code = await browser.GetAsync("/admin/organisation?handler=Qr");
        Assert.Equal("image/svg+xml", code.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<svg xmlns", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_administrator_saves_and_what_the_form_does_not_show_stays()
    {
        var browser = await SignedInAsync(Roles.Administrator);
        await browser.GetAsync("/admin/organisation");
        Assert.DoesNotContain("Typed.Municipalities", browser.Page, StringComparison.Ordinal);
        using var saved = await browser.SendFormAsync("/admin/organisation", Form(callerId: "08-465 004 01", more: ("Typed.Municipalities", "1480")));
        Assert.Equal("/admin/organisation", OperatorTests.PathOf(saved));
        Assert.Equal("+46846500401", (string)Organisation.Settings["voiceCallerId"]!);
        Assert.Equal(["Vatten", "El"], Organisation.Settings["categories"]!.AsArray().Select(one => (string)one!));
        Assert.Equal("0180", (string)Organisation.Settings["municipalityCodes"]![0]!);
        await browser.GetAsync("/admin/organisation");
        Assert.Contains("Inställningarna är sparade.", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task of_two_who_change_the_settings_the_second_is_told_and_keeps_what_is_typed()
    {
        var browser = await SignedInAsync(Roles.Administrator);
        await browser.GetAsync("/admin/organisation");
        Organisation.ChangeByAnother();
        using var told = await browser.SendFormAsync("/admin/organisation", Form("Mitt eget namn"));
        Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);
        Assert.Contains("value=\"Mitt eget namn\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<dd>Stockholm, ändrat</dd>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"2\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("/admin/organisation", Form("Mitt eget namn", version: 2))).StatusCode);
        Assert.Equal("Mitt eget namn", (string)Organisation.Settings["name"]!);
    }

    [Fact]
    public async Task a_session_that_ends_while_the_settings_are_typed_keeps_them()
    {
        var browser = await SignedInAsync(Roles.Administrator);
        await browser.GetAsync("/admin/organisation");
        foreach (var session in gateway.Town.Identity.Operators.Sessions.Keys)
            gateway.Town.Identity.Operators.Sessions[session] = false;
        using var signedOut = await browser.SendFormAsync("/admin/organisation", Form("Skrivet länge"));
        Assert.Equal(HttpStatusCode.Unauthorized, signedOut.StatusCode);
        Assert.Contains("Skrivet länge", browser.Page, StringComparison.Ordinal);
        Assert.Equal(1, Organisation.Version);
    }

    [Fact]
    public async Task who_approves_decides_the_quiet_hours_and_is_told_of_another()
    {
        var browser = await SignedInAsync(Roles.Approver);
        await browser.GetAsync(Rules);
        Assert.Equal("/admin/organisation", OperatorTests.PathOf(await browser.SendFormAsync(Rules, RulesForm("23.00", "06:30", 1))));
        Assert.Equal("23:00:00", (string)gateway.Town.Alerts.Settings["quietFrom"]!);
        using var told = await browser.SendFormAsync(Rules, RulesForm("21:00", "05:00", 1));
        Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);
        Assert.Contains("value=\"21:00\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("23:00 till 06:30", browser.Page, StringComparison.Ordinal);
        Assert.Equal("/admin/organisation", OperatorTests.PathOf(await browser.SendFormAsync(Rules, RulesForm("", "", 2))));
        Assert.Equal(gateway.Town.Alerts.Settings["quietFrom"]!.ToString(), gateway.Town.Alerts.Settings["quietTo"]!.ToString());
    }

    [Fact]
    public async Task an_invitation_waits_for_the_proof_and_its_link_is_shown_once()
    {
        var browser = await SignedInAsync(Roles.Administrator);
        await browser.GetAsync(People);
        gateway.Town.Identity.Operators.Stale = true;
        using var asked = await browser.SendFormAsync($"{People}?handler=Invite", Invitation());
        Assert.Equal("/admin/bekrafta?tillbaka=%2Fadmin%2Forganisation%2Fpersoner", OperatorTests.PathOf(asked));
        await browser.GetAsync(OperatorTests.PathOf(asked));
        await browser.SendFormAsync("/admin/bekrafta", new() { ["Password"] = OperatorsDouble.Password, ["Code"] = OperatorsDouble.Code, ["tillbaka"] = People });

        await browser.GetAsync(People);
        Assert.Contains("tryck en gång till", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Nils Ny\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"sender\" checked", browser.Page, StringComparison.Ordinal);
        await browser.SendFormAsync($"{People}?handler=Invite", Invitation());
        var id = Assert.Single(Organisation.Invitations).Key;
        Assert.Contains($"/admin/valkommen/{id}", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync(People);
        Assert.DoesNotContain("/admin/valkommen/", browser.Page, StringComparison.Ordinal);

        Assert.Equal(People, OperatorTests.PathOf(await browser.SendFormAsync($"{People}?handler=Withdraw", new() { ["id"] = id })));
        Assert.Empty(Organisation.Invitations);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendFormAsync($"{People}?handler=Withdraw", new() { ["id"] = id })).StatusCode);
    }

    [Fact]
    public async Task roles_are_changed_by_who_has_seen_them()
    {
        var browser = await SignedInAsync(Roles.Administrator);
        await browser.GetAsync(People);
        Organisation.GunsRoles = ["reader"];
        using var told = await browser.SendFormAsync($"{People}?handler=Roles", RolesOf(OrganisationDouble.Gun, "reader approver", "sender"));
        Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);
        Assert.Contains("Gun Gods roller", browser.Page, StringComparison.Ordinal);
        Assert.Equal(["reader"], Organisation.GunsRoles);
        Assert.Equal(People, OperatorTests.PathOf(await browser.SendFormAsync($"{People}?handler=Roles", RolesOf(OrganisationDouble.Gun, "reader", "sender"))));
        Assert.Equal(["sender"], Organisation.GunsRoles);

        using var last = await browser.SendFormAsync($"{People}?handler=Remove", new() { ["id"] = OperatorsDouble.Kim.ToString() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, last.StatusCode);
        Assert.Contains("sista administratör", browser.Page, StringComparison.Ordinal);
        Assert.Equal(People, OperatorTests.PathOf(await browser.SendFormAsync($"{People}?handler=Remove", new() { ["id"] = OrganisationDouble.Gun.ToString() })));
    }

    [Fact]
    public async Task a_programs_secret_is_shown_once_and_can_be_made_anew_and_ended()
    {
        var browser = await SignedInAsync(Roles.Administrator);
        await browser.GetAsync(Api);
        await browser.SendFormAsync($"{Api}?handler=Create", new() { ["Name"] = "Ärendesystemet", ["Chosen"] = "alert.read" });
        Assert.Contains("a-secret-shown-once", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync(Api);
        Assert.DoesNotContain("a-secret-shown-once", browser.Page, StringComparison.Ordinal);
        await browser.SendFormAsync($"{Api}?handler=Rotate", new() { ["id"] = "stockholm-1234abcd" });
        Assert.Contains("a-secret-shown-once", browser.Page, StringComparison.Ordinal);
        Assert.Equal(Api, OperatorTests.PathOf(await browser.SendFormAsync($"{Api}?handler=Revoke", new() { ["id"] = "stockholm-1234abcd" })));
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendFormAsync($"{Api}?handler=Revoke", new() { ["id"] = "stockholm-1234abcd" })).StatusCode);
    }

    [Fact]
    public async Task a_provider_is_connected_and_its_secret_never_comes_back()
    {
        var browser = await SignedInAsync(Roles.Administrator);
        await browser.GetAsync(Provider);
        Assert.Contains("connect/foreign/callback", browser.Page, StringComparison.Ordinal);
        Dictionary<string, string> form = new() { ["Issuer"] = "https://login.example", ["ClientId"] = "ums", ["Secret"] = "not-to-be-seen", ["EmailClaim"] = "email" };
        Organisation.Fault = ("issuer", "provider-away");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync(Provider, form)).StatusCode);
        Assert.Contains("svarar ingen OpenID Connect", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-seen", browser.Page, StringComparison.Ordinal);
        Organisation.Fault = null;
        Assert.Equal(Provider, OperatorTests.PathOf(await browser.SendFormAsync(Provider, form)));
        Assert.Equal(Provider, OperatorTests.PathOf(await browser.SendFormAsync($"{Provider}?handler=Remove", [])));
        Assert.Null(Organisation.Provider);
    }

    internal static Dictionary<string, string> Form(string name = "Stockholms stad", int version = 1, string callerId = "08-465 004 00", params (string Name, string Value)[] more)
    {
        Dictionary<string, string> form = new()
        {
            ["Version"] = $"{version}", ["Writing"] = "stockholm", ["Typed.Name"] = name, ["Typed.Sender"] = "Stockholm", ["Typed.CallerId"] = callerId, ["Typed.Language"] = "sv",
            ["Typed.Categories"] = "Vatten\r\nEl\r\n",
        };
        foreach (var (field, value) in more)
            form[field] = value;
        return form;
    }

    private static Dictionary<string, string> RulesForm(string from, string to, int version) =>
        new() { ["QuietFrom"] = from, ["QuietTo"] = to, ["TextDays"] = "365", ["RecipientDays"] = "30", ["Version"] = $"{version}" };

    private static Dictionary<string, string> Invitation() => new() { ["Name"] = "Nils Ny", ["Email"] = "nils@example.se", ["Chosen"] = "sender" };

    private static Dictionary<string, string> RolesOf(Guid person, string seen, string chosen) => new() { ["id"] = person.ToString(), ["Seen"] = seen, ["Chosen"] = chosen };

    private Task<Browser> SignedInAsync(string role)
    {
        gateway.Town.Identity.Operators.Role = role;
        return OperatorTests.SignedInAsync(gateway);
    }
}
