using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Ums.EndToEnd.Keyboard;

namespace Ums.EndToEnd;

/// <summary>From the first administrator to the message on a resident's phone, in real browsers.</summary>
[Collection(NewOperators.Name)]
public sealed class AlertTests(NewOperators.System system, Browser browser)
{
    private const string Number = "070-174 06 95";
    private const string Text = "Vattenläcka på Sankt Eriksgatan. Vattnet är avstängt vid nr 117 till ca kl 14.";

    [Fact]
    public async Task a_sender_writes_an_approver_approves_and_the_resident_gets_it()
    {
        var resident = new Resident(await browser.OpenAsync(system.Url), system, Number);
        await resident.SignInAsync("stockholm");
        await resident.RegisterAsync("Astrid", "Exempelsson");

        var operators = new Operators(system, browser);
        var administrator = await operators.FirstAdministratorAsync("stockholm");
        var sender = await operators.JoinAsync(await operators.InviteAsync(administrator, "stockholm", "sander@example.se", "Sander Sändare", "sender"), "sander@example.se");
        var approver = await operators.JoinAsync(await operators.InviteAsync(administrator, "stockholm", "god@example.se", "Gun God", "approver"), "god@example.se");
        var faults = new List<string>();
        await LookAsync(sender, "/admin", faults);
        await AlertExtras.UseTemplateAsync(sender, faults);
        await sender.GotoAsync("/admin");

        var address = await WriteByKeyboardAsync(sender, faults);
        var alert = address.Replace("/skriv", "", StringComparison.Ordinal);
        var before = await resident.Phone.MessagesAsync();
        await PressAsync(sender, "Lämna för godkännande");
        await Expect(sender.GetByText("Varningen är lämnad för godkännande.")).ToBeVisibleAsync();

        await ApproveByKeyboardAsync(approver, faults);
        await Ums.Testing.Eventually.TrueAsync(async () => (await resident.Phone.MessagesAsync()).Any(message => before.All(known => known.Id != message.Id) && message.Text.Contains(Text, StringComparison.Ordinal)));
        await Pictures.TakeAsync(browser, system.Url, $"/dev/phone?number={Uri.EscapeDataString(Number)}", "18-telefonen-far-varningen");
        await Expect(approver.Locator("[data-state]")).ToHaveTextAsync("Klar", new() { Timeout = 60_000 });
        await Expect(approver.Locator("[data-n=delivered]")).Not.ToHaveTextAsync("0");
        await Expect(approver.GetByText("Skarp varning, skickad till")).ToBeVisibleAsync();
        await Expect(approver.Locator("[data-progress] canvas")).ToBeVisibleAsync();
        await Expect(approver.Locator("[data-progress]")).Not.ToHaveAttributeAsync("data-reached", "0");
        await Pictures.TakeAsync(approver, "12-varning-klar");
        await LookAsync(approver, "an alert that is over", faults);

        await approver.GetByRole(AriaRole.Link, new() { Name = "Rapport: mottagare för mottagare" }).ClickAsync();
        await Expect(approver.GetByRole(AriaRole.Cell, new() { Name = "Framme" }).First).ToBeVisibleAsync();
        await Expect(approver.GetByText(new Regex(@"07\d-\*\*\* \*\* \d\d")).First).ToBeVisibleAsync();
        await Pictures.TakeAsync(approver, "13-rapport");
        await AlertExtras.PrintAsync(approver);
        await LookAsync(approver, "the report", faults);

        await approver.GotoAsync("/admin/varningar/kod");
        await Expect(approver.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await LookAsync(approver, "the code's words", faults);

        var message = (await resident.Phone.MessagesAsync()).First(one => one.Text.Contains(Text, StringComparison.Ordinal));
        await AlertExtras.SeeWhyAsync(await browser.OpenAsync(system.Url), message.Text, Text, faults);

        await sender.GotoAsync(alert);
        await Expect(sender.GetByRole(AriaRole.Button, new() { Name = "Skriv en rättelse" })).ToBeVisibleAsync();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Not once with the mouse.</summary>
    private static async Task<string> WriteByKeyboardAsync(IPage page, List<string> faults)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Ny varning" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ny varning" })).ToBeVisibleAsync();
        await TypeAsync(page, "Rubrik för kollegorna", "Läcka Sankt Eriksgatan");
        await page.GetByLabel("Gäller", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("Vatten");
        await TypeAsync(page, "Sms", Text);
        // Night or day: quiet hours are no part of this test.
        await page.GetByLabel("Fara för liv: skicka även nattetid").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await TypeAsync(page, "Gator", "Sankt Eriksgatan 117");
        await Expect(page.Locator("[data-word=phones]")).Not.ToHaveTextAsync("–");
        await Expect(page.Locator("[data-preview]")).ToContainTextAsync(Text);
        await DrawAsync(page);
        await LookAsync(page, "a new alert", faults);

        await PressAsync(page, "Spara utkast");
        await Expect(page.GetByText("Utkastet är sparat.")).ToBeVisibleAsync();
        await LookAsync(page, "a saved draft", faults);
        return page.Url;
    }

    /// <summary>A triangle by pointer, and one more corner by keyboard; then it is taken away again.</summary>
    private static async Task DrawAsync(IPage page)
    {
        var (map, areas) = (page.Locator("[data-area-map] canvas").First, page.GetByLabel("Områdets hörn"));
        await Expect(map).ToBeVisibleAsync();
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rita område" }).ClickAsync();
        foreach (var (x, y) in new[] { (200f, 120f), (500f, 140f), (380f, 330f) })
        {
            await map.ClickAsync(new() { Position = new() { X = x, Y = y } });
            // Two quick clicks would be a double click, which ends the area.
            await page.WaitForTimeoutAsync(600);
        }
        await Expect(areas).ToHaveValueAsync(new Regex(@"^(\d\d\.\d+, \d\d\.\d+\n){2}\d\d\.\d+, \d\d\.\d+$"));
        await Pictures.TakeAsync(page, "10-ny-varning");
        await PressAsync(page, "Hörn i kartans mitt");
        await Expect(areas).ToHaveValueAsync(new Regex(@"^([^\n]+\n){3}[^\n]+$"));
        await PressAsync(page, "Rensa");
        await Expect(areas).ToHaveValueAsync("");
        await Expect(page.Locator("[data-word=phones]")).Not.ToHaveTextAsync("–");
    }

    private static async Task ApproveByKeyboardAsync(IPage page, List<string> faults)
    {
        await page.GotoAsync("/admin");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Väntar på ditt godkännande" })).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "09-operatorens-start");
        await LookAsync(page, "what waits", faults);
        await page.GetByRole(AriaRole.Link, new() { Name = "Läcka Sankt Eriksgatan" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var band = await page.GetByText(new Regex("^Skarp varning till")).InnerTextAsync();
        await Pictures.TakeAsync(page, "11-godkann");
        await LookAsync(page, "an alert to approve", faults);
        await TypeAsync(page, "Antal som varningen når", Regex.Match(band, @"\d[\d\s]*").Value.Trim());
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Så går det" })).ToBeVisibleAsync();
    }

    /// <summary>Wide, and as wide as a tablet.</summary>
    private static Task LookAsync(IPage page, string where, List<string> faults) => AccessibilityTests.LookAsync(page, where, faults, 768, 1280);
}
