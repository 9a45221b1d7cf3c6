using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Ums.EndToEnd.Keyboard;

namespace Ums.EndToEnd;

/// <summary>An administrator sets the organisation up and invites; the editor who comes imports a register and takes it back. In real browsers, without the mouse.</summary>
[Collection(NewOperators.Name)]
public sealed class SettingsTests(NewOperators.System system, Browser browser)
{
    private const string Register = """
        registerKey;givenName;familyName;birthDate;mobile;street;number;postcode;place;protected
        e2e-1;Astrid;Exempelsson;1985-04-12;070-174 06 96;Sankt Eriksgatan;117;11343;Stockholm;
        e2e-2;Bo;Exempelsson;1979-01-30;070-174 06 97;Birger Jarlsgatan;131 A;11356;Stockholm;
        e2e-3;Cia;Exempelsson;1990-02-28;inget nummer;Sankt Eriksgatan;117;11343;Stockholm;
        e2e-4;Dag;Exempelsson;1990-02-28;;Gatan Som Inte Finns;999;11343;Stockholm;
        e2e-5;Eva;Exempelsson;1990-02-28;;Sankt Eriksgatan;117;11343;Stockholm;ja
        """;

    private readonly List<string> faults = [];

    [Fact]
    public async Task an_administrator_invites_and_the_editor_imports_a_register_and_rolls_it_back()
    {
        var operators = new Operators(system, browser);
        var first = await operators.FirstAdministratorAsync("stockholm");
        var administrator = await operators.JoinAsync(
            await operators.InviteAsync(first, "stockholm", "adela@example.se", "Adela Admin", "administrator approver"), "adela@example.se");
        await SetUpAsync(administrator);
        var link = await InviteAsync(administrator);
        await LetInAsync(administrator);

        var editor = await operators.JoinAsync(link, "edmund@example.se");
        await system.RegisterIsImportedAsync("stockholm");
        await ImportAsync(editor);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task SetUpAsync(IPage page)
    {
        await FollowAsync(page, "Organisationen");
        await Expect(page.Locator("svg.qr")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-coverage] canvas")).ToBeVisibleAsync();
        await Expect(page.GetByText("Stockholm (0180)")).ToBeVisibleAsync();
        await LookAsync(page, "the organisation");
        await page.GetByLabel("Kategorier").FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.InsertTextAsync("\nFjärrkyla");
        await PressAsync(page, "Spara");
        await Expect(page.GetByText("Inställningarna är sparade.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Kategorier")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Fjärrkyla$"));
        await Pictures.TakeAsync(page, "24-organisationen");

        await FollowAsync(page, "Tysta timmar och gallring");
        await LookAsync(page, "quiet hours");
        await page.GetByLabel("Tyst från").FillAsync("23:00");
        await PressAsync(page, "Spara");
        await Expect(page.GetByText("23:00 till")).ToBeVisibleAsync();
        await FollowAsync(page, "Egen inloggning");
        await TypeAsync(page, "Utfärdare", "ingen adress");
        await PressAsync(page, "Anslut");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync(page, "a provider with faults");
    }

    private async Task<string> InviteAsync(IPage page)
    {
        await FollowAsync(page, "Personer");
        await TypeAsync(page, "Namn", "Edmund Redaktör");
        await TypeAsync(page, "E-postadress", "edmund@example.se");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "redigerar" }).Last.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, "Skapa inbjudan");
        await Expect(page.Locator("#link")).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "25-personer");
        await page.GetByText("Ändra").First.ClickAsync();
        await LookAsync(page, "people, with a link");
        return await page.Locator("#link").InputValueAsync();
    }

    private async Task LetInAsync(IPage page)
    {
        await FollowAsync(page, "API-klienter");
        await TypeAsync(page, "Programmets namn", "Ärendesystemet");
        await page.GetByLabel("läsa varningar och rapporter").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await PressAsync(page, "Skapa");
        await Expect(page.Locator("#secret")).ToBeVisibleAsync();
        await LookAsync(page, "a program's secret");
    }

    private async Task ImportAsync(IPage page)
    {
        await FollowAsync(page, "Register");
        await LookAsync(page, "registers");
        await PressAsync(page, "Skicka och provkör");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync(page, "registers without a file");
        await page.GetByLabel("ett tillägg: ingen tas bort").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.GetByLabel("Fil", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "folk.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(Register) });
        await PressAsync(page, "Skicka och provkör");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Om du godkänner" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Mobilnumret går inte att läsa" }).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "Astrid Exempelsson" })).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "26-provkorning");
        await LookAsync(page, "a dry run");

        await PressAsync(page, "Godkänn och lägg in");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Rulla tillbaka" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Pictures.TakeAsync(page, "27-register-inlagt");
        await LookAsync(page, "an import that is done");
        await PressAsync(page, "Rulla tillbaka importen");
        await Expect(page.GetByText("Tillbakarullad")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.GotoAsync("/admin");
        await Expect(page.GetByText("Inget register läses in.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Leverans" })).ToBeVisibleAsync();
        await LookAsync(page, "an editor's first page");
    }

    /// <summary>Wide, and as wide as a tablet.</summary>
    private Task LookAsync(IPage page, string where) => AccessibilityTests.LookAsync(page, where, faults, 768, 1280);
}
