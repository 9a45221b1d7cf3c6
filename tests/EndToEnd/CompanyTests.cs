using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>A company's contact, and numbers that are added and changed: each is proved by a PIN to itself.</summary>
[Collection(Shared.Name)]
public sealed class CompanyTests(DemoSystem system, Browser browser)
{
    private const string First = "08-465 004 98";
    private const string Second = "08-465 004 97";
    private const string Third = "08-465 004 96";
    private const string Company = "Påhittade Bageriet AB";

    [Fact]
    public async Task a_company_contact_registers_adds_a_number_changes_it_and_signs_in_with_the_new_one()
    {
        var page = await browser.OpenAsync(system.Url);
        await new Resident(page, system, First).SignInAsync("stockholm", company: true);
        await RegisterAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Lägg till nummer" }).ClickAsync();
        await ProveAsync(page, Second);
        await Expect(Number(page, First)).ToContainTextAsync("inloggad med detta nummer");
        await Expect(Number(page, Second)).ToBeVisibleAsync();

        await Number(page, Second).GetByRole(AriaRole.Link, new() { Name = "Byt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Byt nummer" })).ToBeVisibleAsync();
        await ProveAsync(page, Third);
        await Expect(Number(page, Third)).ToBeVisibleAsync();
        await Expect(Number(page, Second)).ToHaveCountAsync(0);
        await Expect(page.GetByText($"Samtal till")).ToContainTextAsync(Third);

        var resident = new Resident(page, system, Third);
        await resident.SignOutAsync();
        await resident.SignInAsync("stockholm", company: true);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Company })).ToBeVisibleAsync();
        await Expect(Number(page, Third)).ToContainTextAsync("inloggad med detta nummer");
    }

    private async Task RegisterAsync(IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Registrera företag" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Födelsedatum")).ToHaveCountAsync(0);
        await page.GetByLabel("Företagets namn").FillAsync(Company);
        await page.GetByLabel("Organisationsnummer").FillAsync("556036-0793");
        await page.GetByLabel("Kontaktpersonens förnamn").FillAsync("Berit");
        await page.GetByLabel("Kontaktpersonens efternamn").FillAsync("Exempelsson");
        var resident = new Resident(page, system, First);
        await resident.FindAddressAsync("Sankt Eriksgatan", "117");
        await resident.ChooseAddressAsync("Sankt Eriksgatan 117");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fortsätt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = Company })).ToBeVisibleAsync();
        await Expect(page.GetByText("Företag · Källa: Tilläggsregistret (ny)")).ToBeVisibleAsync();
    }

    /// <summary>On the page that asks for a number: gives it, and the PIN that then comes to it.</summary>
    private async Task ProveAsync(IPage page, string number)
    {
        var phone = new Phone(system.Gateway, number);
        var before = await phone.MessagesAsync();
        await page.GetByLabel("Nytt telefonnummer").FillAsync(number);
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka PIN-kod" }).ClickAsync();
        var pin = await phone.NextPinAsync(before);
        await page.GetByLabel("PIN-kod", new() { Exact = true }).FillAsync(pin.Digits);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bekräfta numret" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/min-sida$"));
    }

    private static ILocator Number(IPage page, string number) =>
        page.GetByRole(AriaRole.Region, new() { Name = "Mina nummer" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = number });
}
