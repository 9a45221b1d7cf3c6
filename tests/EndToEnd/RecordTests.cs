using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Ums.EndToEnd.Keyboard;

namespace Ums.EndToEnd;

/// <summary>An editor finds a resident, corrects and erases them by keyboard alone, and an administrator sees it all in the log.</summary>
[Collection(NewOperators.Name)]
public sealed class RecordTests(NewOperators.System system, Browser browser)
{
    private const string Number = "070-174 06 94";

    [Fact]
    public async Task an_editor_searches_corrects_and_erases_and_the_log_tells()
    {
        var resident = new Resident(await browser.OpenAsync(system.Url), system, Number);
        await resident.SignInAsync("stockholm");
        await resident.RegisterAsync("Astrid", "Exempelsson");

        var operators = new Operators(system, browser);
        var first = await operators.FirstAdministratorAsync("stockholm");
        var editor = await operators.JoinAsync(await operators.InviteAsync(first, "stockholm", "edit@example.se", "Edit Redaktör", "editor"), "edit@example.se");
        var administrator = await operators.JoinAsync(await operators.InviteAsync(first, "stockholm", "adam@example.se", "Adam Admin", "administrator"), "adam@example.se");
        var faults = new List<string>();

        await FollowAsync(editor, "Kontakter");
        await SearchAsync(editor, "Nummer", Number);
        await Expect(editor.GetByRole(AriaRole.Link, new() { Name = "Astrid Exempelsson" })).ToBeVisibleAsync();
        await Pictures.TakeAsync(editor, "20-kontakter");
        await LookAsync(editor, "hits", faults);

        await FollowAsync(editor, "Astrid Exempelsson");
        await Expect(editor.GetByRole(AriaRole.Heading, new() { Name = "Astrid Exempelsson" })).ToBeVisibleAsync();
        await Expect(editor.Locator(".pin").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Pictures.TakeAsync(editor, "21-kort");
        await LookAsync(editor, "a card", faults);

        await FollowAsync(editor, "Rätta uppgifter");
        await TypeAsync(editor, "Efternamn", "Rättelin");
        await LookAsync(editor, "a correction", faults);
        await PressAsync(editor, "Spara");
        await Expect(editor.GetByText("Uppgifterna är rättade.")).ToBeVisibleAsync();
        await Expect(editor.GetByRole(AriaRole.Heading, new() { Name = "Astrid Rättelin" })).ToBeVisibleAsync();

        await FollowAsync(editor, "Radera");
        await PressAsync(editor, "Radera");
        await Expect(editor.GetByText("Skriv varför. Det står sedan i loggen.").First).ToBeVisibleAsync();
        await TypeAsync(editor, "Varför", "Personen ringde och bad om radering");
        await Pictures.TakeAsync(editor, "22-radera");
        await LookAsync(editor, "an erasure", faults);
        await PressAsync(editor, "Radera");
        await Expect(editor.GetByText("Personen är raderad.")).ToBeVisibleAsync();
        await SearchAsync(editor, "Nummer", Number);
        await Expect(editor.GetByText("Ingen hittades.")).ToBeVisibleAsync();
        await Expect(editor.GetByRole(AriaRole.Link, new() { Name = "Logg", Exact = true })).ToHaveCountAsync(0);

        await FollowAsync(administrator, "Logg");
        await administrator.GetByLabel("Operatör", new() { Exact = true }).FocusAsync();
        await administrator.Keyboard.TypeAsync("Edit");
        await PressAsync(administrator, "Sök");
        var row = administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = "Raderade personen" });
        await Expect(row).ToContainTextAsync("Edit Redaktör");
        await Expect(row).ToContainTextAsync("Personen ringde och bad om radering");
        await Expect(administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = "Öppnade kortet" }).First).ToBeVisibleAsync();
        await Expect(administrator.GetByRole(AriaRole.Row).Filter(new() { HasText = "Rättade uppgifter" })).ToContainTextAsync("efternamn");
        await Pictures.TakeAsync(administrator, "23-logg");
        await LookAsync(administrator, "the log", faults);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task SearchAsync(IPage page, string label, string text)
    {
        await TypeAsync(page, label, text);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/admin/kontakter\?sok="));
    }

    /// <summary>Wide, and as wide as a tablet.</summary>
    private static Task LookAsync(IPage page, string where, List<string> faults) => AccessibilityTests.LookAsync(page, where, faults, 768, 1280);
}
