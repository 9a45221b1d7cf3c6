using System.Net;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>Every form with what people and programs get wrong: the page comes back with words beside the field and with all that was typed.</summary>
public sealed class BadInputTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Script = "<script>alert(1)</script>";
    private const string Hostile = "\"><img src=x onerror=alert(1)>'{{7*7}}";

    [Theory]
    [InlineData("", "Skriv ditt telefonnummer.")]
    [InlineData("   ", "Skriv ditt telefonnummer.")]
    [InlineData("00000000000000000000000000000000000000000000000000000000", "Numret går inte att läsa.")]
    public async Task a_number_that_is_none_stands_beside_its_field(string phone, string words)
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        var response = await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = phone, ["Role"] = "private" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#Phone\"", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid-phone", 400, "Numret går inte att läsa.")]
    [InlineData("phone-not-allowed", 400, "svenska mobilnummer")]
    [InlineData("captcha-failed", 400, "Kontrollen att du är en människa gick inte igenom.")]
    [InlineData("resend-too-soon", 429, "Vänta 25 sekunder")]
    [InlineData("too-many-pins", 429, "Vänta 25 sekunder")]
    [InlineData("too-many-failures", 403, "Kontakta kommunen eller bolaget")]
    public async Task what_identity_refuses_is_said_in_words(string slug, int status, string words)
    {
        gateway.Town.Reset();
        gateway.Town.Identity.PinRefusal = new Refusal(status, slug, status == 429 ? 25 : null);
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        var response = await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = "0900 123", ["Role"] = "company" });
        Assert.Equal(status == 429 ? 429 : 422, (int)response.StatusCode);
        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"0900 123\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"company\" checked", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Skriv koden som du har fått.")]
    [InlineData("12345", "Koden är sex siffror.")]
    [InlineData("abcdef", "Koden är sex siffror.")]
    [InlineData("١٢٣٤٥٦", "Koden är sex siffror.")]
    [InlineData("123456789012345678901234567890", "Koden är sex siffror.")]
    [InlineData("000000", "Du har 3 försök kvar.")]
    public async Task a_wrong_code_is_told_and_not_shown_again(string code, string words)
    {
        gateway.Town.Reset();
        var browser = await AskedAsync();
        var response = await browser.SendFormAsync("/pin", new() { ["Code"] = code });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("expired-pin", "Koden gäller inte längre.")]
    [InlineData("too-many-tries", "Koden har prövats för många gånger.")]
    [InlineData("used-pin", "Koden är redan använd.")]
    public async Task a_code_that_is_done_for_says_how_to_get_another(string word, string words)
    {
        gateway.Town.Reset();
        gateway.Town.Identity.TokenRefusal = word;
        var browser = await AskedAsync();
        await browser.SendFormAsync("/pin", new() { ["Code"] = "123456" });
        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        Assert.Contains("<details class=\"fold\" open", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("070-174 06 05", "Vi har skickat åtta siffror")]
    [InlineData("08-465 004 01", "läser upp åtta siffror")]
    public async Task a_long_code_is_asked_for_as_it_was_sent(string phone, string words)
    {
        gateway.Town.Reset();
        gateway.Town.Identity.Digits = 8;
        var browser = await AskedAsync(phone);
        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        await browser.SendFormAsync("/pin", new() { ["Code"] = "123456" });
        Assert.Contains("Koden är åtta siffror.", browser.Page, StringComparison.Ordinal);
        Assert.Equal("/min-sida", (await browser.SendFormAsync("/pin", new() { ["Code"] = "1234 5678" })).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task who_has_failed_too_often_is_sent_to_the_organisation()
    {
        gateway.Town.Reset();
        gateway.Town.Identity.TokenRefusal = "too-many-failures";
        var browser = await AskedAsync();
        await browser.SendFormAsync("/pin", new() { ["Code"] = "123456" });
        Assert.Contains("Kontakta kommunen eller bolaget, så får du hjälp utan kod.", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync("/sprak/en?tillbaka=/pin");
        await browser.SendFormAsync("/pin", new() { ["Code"] = "123456" });
        Assert.Contains("Contact the municipality or company", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_code_sent_twice_leads_to_the_same_place()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await AskedAsync();
        var pending = browser.Cookies["__Host-ums-pin"];
        Assert.Equal("/min-sida", (await browser.SendFormAsync("/pin", new() { ["Code"] = "123456" })).Headers.Location?.OriginalString);
        gateway.Town.Identity.TokenRefusal = "used-pin";
        browser.Cookies["__Host-ums-pin"] = pending;
        Assert.Equal("/min-sida", (await browser.SendFormAsync("/pin", new() { ["Code"] = "123456" })).Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("GivenName", "", "Skriv ditt förnamn.")]
    [InlineData("FamilyName", " ", "Skriv ditt efternamn.")]
    [InlineData("BirthDate", "19840231", "Skriv födelsedatumet med åtta siffror")]
    [InlineData("BirthDate", "840521", "Skriv födelsedatumet med åtta siffror")]
    [InlineData("BirthDate", "29840521", "Skriv födelsedatumet med åtta siffror")]
    [InlineData("Street", "", "Skriv gatans eller gårdens namn.", "?handler=Matches")]
    [InlineData("Number", "12345678901", "Högst 10 tecken.", "?handler=Matches")]
    public async Task a_registration_keeps_everything_and_points_at_the_field(string field, string value, string words, string handler = "")
    {
        gateway.Town.Reset();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/registrera");
        var person = Person();
        person[field] = value;
        var response = await browser.SendFormAsync("/registrera" + handler, person);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        Assert.Contains($"href=\"#{field}\"", browser.Page, StringComparison.Ordinal);
        Assert.All(person.Where(kept => kept.Key != field && kept.Key != "AddressId" && kept.Value.Length > 0),
            kept => Assert.Contains($"value=\"{kept.Value}\"", browser.Page, StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.Town.Requests, seen => seen is { Method: "POST", Path: "/api/contact" });
    }

    [Theory]
    [InlineData("under-16", 422, "Du måste ha fyllt 16 år")]
    [InlineData("unknown-address", 422, "Adressen finns inte längre i registret.")]
    [InlineData("address-outside-organisation", 422, "Adressen ligger utanför Stockholms stad.")]
    [InlineData("geocoding-unavailable", 503, "Adressökningen svarar inte just nu.")]
    public async Task what_contacts_refuses_is_said_in_words(string slug, int status, string words)
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Refusal = new Refusal(status, slug);
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/registrera");
        await browser.SendFormAsync("/registrera", Person());
        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Astrid\"", browser.Page, StringComparison.Ordinal);
        gateway.Town.Reset();
    }

    [Theory]
    [InlineData(Script)]
    [InlineData(Hostile)]
    [InlineData("👩‍👩‍👧 Åsa")]
    [InlineData("عبد الله")]
    [InlineData("O'Neill-Ångström")]
    [InlineData("\u202Egnp.exe")]
    public async Task names_of_every_kind_are_shown_as_text_and_passed_on_whole(string name)
    {
        gateway.Town.Reset();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/registrera");
        var person = Person();
        person["GivenName"] = name;
        person["BirthDate"] = "bad";
        await browser.SendFormAsync("/registrera", person);
        Assert.DoesNotContain("<script>alert", await RawAsync(browser, person), StringComparison.Ordinal);

        gateway.Town.Contacts.Entry = ContactsDouble.Astrid(name, name);
        var raw = await (await browser.GetAsync("/min-sida")).Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>alert", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_search_shows_hostile_text_as_text()
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        var raw = await (await browser.GetAsync($"/?sok={Uri.EscapeDataString(Script)}")).Content.ReadAsStringAsync();
        Assert.DoesNotContain(Script, raw, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/?sok={new string('x', 1500)}")).StatusCode);
    }

    [Fact]
    public async Task too_much_text_is_refused_in_words()
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        var response = await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = new string('1', 30_000), ["Role"] = "private" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<h1", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Alerts")]
    [InlineData("Main")]
    [InlineData("RemoveAddress")]
    [InlineData("RemovePhone")]
    public async Task a_change_of_something_that_is_not_there_comes_back_to_my_page(string handler)
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        gateway.Town.Contacts.Refusal = new Refusal(404, "not-found");
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/min-sida");
        var response = await browser.SendFormAsync($"/min-sida?handler={handler}", new() { ["id"] = "not-a-guid" });
        Assert.Equal("/min-sida", response.Headers.Location?.OriginalString);
        await browser.GetAsync("/min-sida");
        Assert.Contains("Det du ville ändra finns inte längre.", browser.Page, StringComparison.Ordinal);
        gateway.Town.Reset();
    }

    private static Dictionary<string, string> Person() => new()
    {
        ["GivenName"] = "Astrid",
        ["FamilyName"] = "Lindqvist",
        ["BirthDate"] = "19840521",
        ["Street"] = "Sankt Eriksgatan",
        ["Number"] = "117",
        ["AddressId"] = "Sankt Eriksgatan-117",
    };

    private static async Task<string> RawAsync(Browser browser, Dictionary<string, string> person) =>
        await (await browser.SendFormAsync("/registrera", person)).Content.ReadAsStringAsync();

    private async Task<Browser> AskedAsync(string phone = "070-174 06 05")
    {
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = phone, ["Role"] = "private" });
        await browser.GetAsync("/pin");
        return browser;
    }
}
