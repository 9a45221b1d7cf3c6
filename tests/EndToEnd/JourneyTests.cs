using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>The instructions for residents, from the first screen to the last, with script and without.</summary>
[Collection(Shared.Name)]
public sealed class JourneyTests(DemoSystem system, Browser browser)
{
    [Theory]
    [InlineData(true, "070-174 06 90", 1280)]
    [InlineData(false, "070-174 06 91", 1280)]
    [InlineData(true, "070-174 06 92", 375)]
    public async Task a_new_resident_registers_adds_an_address_switches_it_off_and_leaves(bool script, string number, int width)
    {
        var page = await browser.OpenAsync(system.Url, script, width);
        var resident = new Resident(page, system, number, script);

        await resident.ChoosePortalAsync("stockh", "Stockholm");
        await Pictures.TakeAsync(page, "02-logga-in");
        var pin = await resident.AskForPinAsync();
        Assert.Equal("sms", pin.Channel);
        await Pictures.TakeAsync(page, "03-pin");
        await PhoneIsPicturedAsync(number);
        await resident.EnterPinAsync(pin);

        await resident.FillRegistrationAsync("Astrid", "Exempelsson", "19850412");
        await resident.FindAddressAsync("st eriksg", "117");
        await resident.ChooseAddressAsync("Sankt Eriksgatan 117");
        await Pictures.TakeAsync(page, "05-registrera");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fortsätt" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Hej Astrid" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Du blir varnad på din adress")).ToBeVisibleAsync();
        await PinIsShownAsync(page, "Sankt Eriksgatan 117", script);
        await Pictures.TakeAsync(page, "06-registrerad");

        await page.GetByRole(AriaRole.Link, new() { Name = "Lägg till adress" }).ClickAsync();
        await resident.FindAddressAsync("Birger Jarlsgatan", "131", "113 56", "Stockholm");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Birger Jarlsgatan 131 B" })).ToBeVisibleAsync();
        await resident.ChooseAddressAsync("Birger Jarlsgatan 131 A");
        await Pictures.TakeAsync(page, "07-ny-adress");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lägg till", Exact = true }).ClickAsync();

        await Expect(page.GetByText("Du blir varnad på alla dina 2 adresser")).ToBeVisibleAsync();
        await resident.Switch("Birger Jarlsgatan 131 A").ClickAsync();
        await Expect(page.GetByText("Du blir varnad på 1 av 2 adresser")).ToBeVisibleAsync();
        await PinIsShownAsync(page, "Birger Jarlsgatan 131 A", script);
        await Pictures.TakeAsync(page, "08-min-sida");

        await resident.SignOutAsync();
        await page.GoBackAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("Hej Astrid")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("070-174 06 05", "sms")]
    [InlineData("08-465 004 00", "voice")]
    public async Task a_number_that_the_register_knows_meets_its_own_data(string number, string channel)
    {
        await system.RegisterIsImportedAsync("stockholm");
        var page = await browser.OpenAsync(system.Url);
        var resident = new Resident(page, system, number);
        await page.GotoAsync("/k/stockholm");

        var pin = await resident.AskForPinAsync();
        await resident.EnterPinAsync(pin);

        Assert.Equal(channel, pin.Channel);
        await Expect(page.GetByText("Du blir varnad på din adress")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = number }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task a_landline_is_called_and_signs_in()
    {
        var page = await browser.OpenAsync(system.Url);
        var resident = new Resident(page, system, "08-465 004 99");
        await page.GotoAsync("/k/stockholm");

        var pin = await resident.AskForPinAsync();
        await resident.EnterPinAsync(pin);

        Assert.Equal("voice", pin.Channel);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Registrera privatperson" })).ToBeVisibleAsync();
    }

    private async Task PhoneIsPicturedAsync(string number)
    {
        var phone = await browser.OpenAsync(system.Url);
        await phone.GotoAsync("/dev/phone");
        await Expect(phone.GetByText(number).First).ToBeVisibleAsync();
        await Pictures.TakeAsync(phone, "04-telefon");
        await phone.Context.CloseAsync();
    }

    private static async Task PinIsShownAsync(IPage page, string address, bool script)
    {
        var place = page.Locator("[data-part=places] li[data-lat]").Filter(new() { HasText = address });
        if (!script)
        {
            // Without script the position is there at the latest when the page is asked for again.
            await Ums.Testing.Eventually.TrueAsync(async () =>
            {
                await page.ReloadAsync();
                return await place.CountAsync() == 1;
            });
            return;
        }
        await Expect(place).ToHaveCountAsync(1);
        await page.Locator("[data-map]").ScrollIntoViewIfNeededAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = address })).ToBeVisibleAsync();
    }
}
