using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>Somebody at a browser, doing what the instructions say. Everything is found by the words and roles that people and screen readers go by.</summary>
internal sealed class Resident(IPage page, DemoSystem system, string number, bool script = true)
{
    public IPage Page => page;

    public Phone Phone { get; } = new(system.Gateway, number);

    public async Task ChoosePortalAsync(string typed, string name)
    {
        await page.GotoAsync("/");
        await page.GetByLabel("Kommun eller bolag", new() { Exact = true }).PressSequentiallyAsync(typed);
        if (script)
        {
            await Expect(page.GetByRole(AriaRole.Option, new() { Name = name }).First).ToBeVisibleAsync();
            await Pictures.TakeAsync(page, "01-sok");
            await page.GetByRole(AriaRole.Option, new() { Name = name }).First.ClickAsync();
        }
        else
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Sök" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync();
        }
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Skicka PIN-kod" })).ToBeVisibleAsync();
    }

    /// <summary>Fills the sign-in form and sends it.</summary>
    /// <returns>What the phone then gets.</returns>
    public async Task<Phone.Pin> AskForPinAsync(bool company = false)
    {
        var before = await Phone.MessagesAsync();
        await page.GetByLabel("Telefonnummer", new() { Exact = true }).FillAsync(number);
        if (company)
            await page.GetByLabel("Kontaktperson för företag").CheckAsync();
        if (script)
            await page.WaitForFunctionAsync("() => document.querySelector('altcha-widget [name=altcha]')?.value");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka PIN-kod" }).ClickAsync();
        await Expect(page.GetByLabel("PIN-kod", new() { Exact = true })).ToBeVisibleAsync();
        return await Phone.NextPinAsync(before);
    }

    public async Task EnterPinAsync(Phone.Pin pin)
    {
        await page.GetByLabel("PIN-kod", new() { Exact = true }).FillAsync(pin.Digits);
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga in" }).ClickAsync();
    }

    public async Task SignInAsync(string slug, bool company = false)
    {
        await page.GotoAsync($"/k/{slug}");
        await EnterPinAsync(await AskForPinAsync(company));
    }

    public async Task FillRegistrationAsync(string given, string family, string birthDate)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Registrera privatperson" })).ToBeVisibleAsync();
        await page.GetByLabel("Förnamn").FillAsync(given);
        await page.GetByLabel("Efternamn").FillAsync(family);
        await page.GetByLabel("Födelsedatum").FillAsync(birthDate);
    }

    public async Task FindAddressAsync(string street, string streetNumber, string postcode = "", string place = "")
    {
        await page.GetByLabel("Gatunamn eller gårdsnamn").FillAsync(street);
        await page.GetByLabel("Nummer", new() { Exact = true }).FillAsync(streetNumber);
        await page.GetByLabel("Postnummer").FillAsync(postcode);
        await page.GetByLabel("Postort").FillAsync(place);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hitta matchningar" }).ClickAsync();
    }

    public Task ChooseAddressAsync(string address) => page.GetByRole(AriaRole.Radio, new() { Name = address }).CheckAsync();

    /// <summary>Registers with the instructions' own address.</summary>
    public async Task RegisterAsync(string given, string family)
    {
        await FillRegistrationAsync(given, family, "19850412");
        await FindAddressAsync("Sankt Eriksgatan", "117");
        await ChooseAddressAsync("Sankt Eriksgatan 117");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fortsätt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Hej {given}" })).ToBeVisibleAsync();
    }

    public ILocator Switch(string address) => page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = address }).GetByRole(AriaRole.Switch);

    public async Task SignOutAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga ut" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Logga ut" })).ToHaveCountAsync(0);
    }
}
