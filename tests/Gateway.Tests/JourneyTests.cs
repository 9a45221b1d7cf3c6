using System.Net;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

public sealed class JourneyTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task a_resident_finds_the_organisation_signs_in_registers_and_signs_out()
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/?sok=stock");
        Assert.Contains("href=\"/k/stockholm\"", browser.Page, StringComparison.Ordinal);

        await browser.GetAsync("/k/stockholm");
        Assert.Contains("Stockholms stad", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Bisnode", browser.Page, StringComparison.Ordinal);
        var asked = await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = "070-174 06 05", ["Role"] = "private" });
        Assert.Equal("/pin", asked.Headers.Location?.OriginalString);
        Assert.Contains("\"captcha\":\"noscript\"", gateway.Town.Requests.Last(seen => seen.Path == "/api/pins").Body, StringComparison.Ordinal);
        Assert.Equal("browser-of-the-double", browser.Cookies["__Host-ums-browser"]);

        await browser.GetAsync("/pin");
        Assert.Contains("autocomplete=\"one-time-code\"", browser.Page, StringComparison.Ordinal);
        var signedIn = await browser.SendFormAsync("/pin", new() { ["Code"] = "123 456" });
        Assert.Equal("/min-sida", signedIn.Headers.Location?.OriginalString);
        Assert.Contains("__Host-ums-browser=browser-of-the-double", gateway.Town.Requests.Last(seen => seen.Path == "/connect/token" && seen.Body.Contains("pin=", StringComparison.Ordinal)).Headers["Cookie"], StringComparison.Ordinal);

        Assert.Equal("/registrera", (await browser.GetAsync("/min-sida")).Headers.Location?.OriginalString);
        await browser.GetAsync("/registrera");
        var person = new Dictionary<string, string>
        {
            ["GivenName"] = "Astrid",
            ["FamilyName"] = "Lindqvist",
            ["BirthDate"] = "19840521",
            ["Street"] = "S:t Eriksgatan",
            ["Number"] = "117",
        };
        await browser.SendFormAsync("/registrera?handler=Matches", person);
        Assert.Contains("Sankt Eriksgatan 117", browser.Page, StringComparison.Ordinal);
        person["AddressId"] = "Sankt Eriksgatan-117";
        var registered = await browser.SendFormAsync("/registrera", person);
        Assert.Equal("/min-sida", registered.Headers.Location?.OriginalString);

        await browser.GetAsync("/min-sida");
        Assert.Contains("Hej Astrid", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Du blir varnad på 1 av 2 adresser", browser.Page, StringComparison.Ordinal);
        Assert.Contains("FNR/SNR", browser.Page, StringComparison.Ordinal);

        var signedOut = await browser.SendFormAsync("/logga-ut", []);
        Assert.Equal("/k/stockholm?utloggad=1", signedOut.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/min-sida")).StatusCode);
    }

    [Fact]
    public async Task a_switch_is_a_form_and_the_answer_follows_it()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/min-sida");
        var id = (string)gateway.Town.Contacts.Entry!["addresses"]![1]!["id"]!;
        var switched = await browser.SendFormAsync("/min-sida?handler=Alerts", new() { ["id"] = id, ["enabled"] = "true" });
        Assert.Equal(HttpStatusCode.Redirect, switched.StatusCode);
        await browser.GetAsync("/min-sida");
        Assert.Contains("Du blir varnad på alla dina 2 adresser", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_company_contact_gives_the_company_and_no_birth_date()
    {
        gateway.Town.Reset();
        var browser = await gateway.SignedInAsync("company");
        await browser.GetAsync("/registrera");
        Assert.Contains("Registrera företag", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("BirthDate", browser.Page, StringComparison.Ordinal);
        var sent = await browser.SendFormAsync("/registrera", new()
        {
            ["CompanyName"] = "Bagarn AB",
            ["OrganisationNumber"] = "556036-0793",
            ["GivenName"] = "Kim",
            ["FamilyName"] = "Berg",
            ["Street"] = "Sankt Eriksgatan",
            ["AddressId"] = "Sankt Eriksgatan-117",
        });
        Assert.Equal("/min-sida", sent.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task an_address_elsewhere_gets_the_advice_and_a_link_to_its_portal()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/adress/ny");
        await browser.SendFormAsync("/adress/ny?handler=Matches", new() { ["Street"] = "Storgatan", ["Number"] = "4", ["Place"] = "Piteå" });
        Assert.Contains("respektive kommuns eller bolags portal", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"/k/pitea\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_new_number_is_proved_by_a_code_to_it()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/nummer/ny");
        var asked = await browser.SendFormAsync("/nummer/ny", new() { ["Phone"] = "08-465 004 02" });
        Assert.Equal("/nummer/kod", asked.Headers.Location?.OriginalString);
        var wish = gateway.Town.Requests.Last(seen => seen.Path == "/api/pins");
        Assert.Contains("add-phone", wish.Body, StringComparison.Ordinal);
        Assert.StartsWith("Bearer ", wish.Headers["Authorization"], StringComparison.Ordinal);
        await browser.GetAsync("/nummer/kod");
        Assert.Contains("Vi ringer 08-465 004 02", browser.Page, StringComparison.Ordinal);
        var added = await browser.SendFormAsync("/nummer/kod", new() { ["Code"] = "123456" });
        Assert.Equal("/min-sida", added.Headers.Location?.OriginalString);
        Assert.Contains(gateway.Town.Requests, seen => seen is { Method: "POST", Path: "/api/contact/phones" } && seen.Body.Contains("proof", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Sankt Eriksgatan-117", false)]
    [InlineData("Hälsingegatan-3", true)]
    public async Task whose_number_became_known_while_they_wrote_is_told_so(string chosen, bool told)
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Refusal = new Refusal(409, "already-registered");
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/registrera");
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var answer = await browser.SendFormAsync("/registrera", new()
        {
            ["GivenName"] = "Astrid", ["FamilyName"] = "Lindqvist", ["BirthDate"] = "19840521", ["Street"] = "Sankt Eriksgatan", ["Number"] = "117", ["AddressId"] = chosen,
        });
        Assert.Equal("/min-sida", answer.Headers.Location?.OriginalString);
        await browser.GetAsync("/min-sida");
        Assert.Equal(told, browser.Page.Contains("Numret blev känt medan du skrev", StringComparison.Ordinal));
        gateway.Town.Reset();
    }
}
