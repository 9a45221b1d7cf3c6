using System.Net;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>When a service is away the page says so, keeps what was typed, and the rest works on.</summary>
public sealed class AwayTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task with_geocoding_away_the_search_says_so_and_the_rest_works()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        gateway.Town.Away["geocoding"] = true;
        await browser.GetAsync("/adress/ny");
        var response = await browser.SendFormAsync("/adress/ny?handler=Matches", new() { ["Street"] = "Sankt Eriksgatan", ["Number"] = "117" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Adressökningen svarar inte just nu.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Sankt Eriksgatan\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/min-sida")).StatusCode);
        gateway.Town.Reset();
    }

    [Fact]
    public async Task with_contacts_away_a_registration_keeps_what_was_typed()
    {
        gateway.Town.Reset();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/registrera");
        gateway.Town.Away["contacts"] = true;
        var response = await browser.SendFormAsync("/registrera", new()
        {
            ["GivenName"] = "Astrid",
            ["FamilyName"] = "Lindqvist",
            ["BirthDate"] = "19840521",
            ["Street"] = "Sankt Eriksgatan",
            ["AddressId"] = "Sankt Eriksgatan-117",
        });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("Det du har skrivit finns kvar.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Lindqvist\"", browser.Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/min-sida")).StatusCode);
        Assert.Contains("Tjänsten svarar inte just nu", browser.Page, StringComparison.Ordinal);
        gateway.Town.Reset();
    }

    [Fact]
    public async Task with_identity_away_nobody_is_let_in_on_trust_and_the_portal_keeps_its_name()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        gateway.Town.Away["identity"] = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/min-sida")).StatusCode);
        Assert.Contains("Stockholms stad", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Astrid", browser.Page, StringComparison.Ordinal);
        Assert.Contains("tillbaka=%2Fmin-sida\"", browser.Page, StringComparison.Ordinal);
        gateway.Town.Reset();
    }

    [Fact]
    public async Task an_error_is_in_the_readers_language()
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/finns-inte")).StatusCode);
        Assert.Contains("<html lang=\"sv\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Sidan finns inte", browser.Page, StringComparison.Ordinal);
        Assert.Contains("tillbaka=%2Ffinns-inte\"", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync("/sprak/en?tillbaka=/finns-inte");
        await browser.GetAsync("/finns-inte");
        Assert.Contains("<html lang=\"en\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("The page does not exist", browser.Page, StringComparison.Ordinal);
    }
}
