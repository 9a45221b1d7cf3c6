using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>What lies around an alert: the template that it begins with, and what anybody sees of it afterwards.</summary>
internal static partial class AlertExtras
{
    /// <summary>A sender writes a template and begins an alert with it.</summary>
    public static async Task UseTemplateAsync(IPage page, List<string> faults)
    {
        await page.GotoAsync("/admin/varningar");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mallar" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ny mall" }).ClickAsync();
        await LookAsync(page, "a new template", faults);
        await page.GetByLabel("Namn", new() { Exact = true }).FillAsync("Vattenläcka");
        await page.GetByLabel("Gäller", new() { Exact = true }).SelectOptionAsync("water");
        await page.GetByLabel("Sms", new() { Exact = true }).FillAsync("Vattenläcka på [gata]. Vattnet är avstängt till ca kl [klockslag].");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara mallen" }).ClickAsync();
        await Expect(page.GetByText("Mallen är sparad.")).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "16-mallar");
        await LookAsync(page, "the templates", faults);

        await page.GotoAsync("/admin/varningar/ny");
        await page.GetByLabel("Börja med en mall").SelectOptionAsync(new SelectOptionValue { Label = "Vattenläcka" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Fyll i formuläret" }).ClickAsync();
        await Expect(page.GetByLabel("Sms", new() { Exact = true })).ToHaveValueAsync(new Regex(@"Vattenläcka på \[gata\]"));
        await Expect(page.Locator("[data-preview]")).ToContainTextAsync("Äkta? Skriv ------- i vår portal.");
        await LookAsync(page, "an alert that begins with a template", faults);
    }

    /// <summary>Whoever got the message types its code, at a browser where nobody is signed in, and looks at what else there is.</summary>
    public static async Task SeeWhyAsync(IPage page, string message, string text, List<string> faults)
    {
        var code = Code().Match(message).Groups[1].Value;
        await page.GotoAsync("/k/stockholm");
        await page.GetByRole(AriaRole.Link, new() { Name = "Har du fått ett meddelande? Kontrollera koden" }).ClickAsync();
        await LookAsync(page, "/v", faults);
        await page.GetByLabel("Kod", new() { Exact = true }).FillAsync("BCD 2345");
        await page.GetByRole(AriaRole.Button, new() { Name = "Visa meddelandet" }).ClickAsync();
        await Expect(page.GetByText("Vi hittar inget meddelande med koden")).ToBeVisibleAsync();
        await LookAsync(page, "/v with an unknown code", faults);

        await page.GetByLabel("Kod", new() { Exact = true }).FillAsync(code.ToLowerInvariant());
        await page.GetByRole(AriaRole.Button, new() { Name = "Visa meddelandet" }).ClickAsync();
        await Expect(page.GetByText("Meddelandet är äkta. Stockholms stad har skickat det.")).ToBeVisibleAsync();
        await Expect(page.Locator(".bubble").First).ToHaveTextAsync(message);
        await Pictures.TakeAsync(page, "14-varfor");
        await LookAsync(page, "/v with a code", faults);

        await page.GetByRole(AriaRole.Link, new() { Name = "Aktuella störningar" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Vatten" })).ToBeVisibleAsync();
        await Expect(page.GetByText(text)).ToBeVisibleAsync();
        await Pictures.TakeAsync(page, "15-storningar");
        await LookAsync(page, "the current disturbances", faults);
    }

    /// <summary>The report as it comes out of a printer.</summary>
    public static async Task PrintAsync(IPage page)
    {
        await Expect(page.Locator(".chart svg[role=img]")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByText("Hämta som CSV")).ToBeHiddenAsync();
        await Expect(page.GetByText("Utskrivet")).ToBeVisibleAsync();
        await Pictures.PrintAsync(page, "13-rapport-papper");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    /// <summary>Wide, and as wide as a phone.</summary>
    private static Task LookAsync(IPage page, string where, List<string> faults) => AccessibilityTests.LookAsync(page, where, faults, 375, 1280);

    [GeneratedRegex("Skriv ([0-9A-Z]{7}) i vår portal")]
    private static partial Regex Code();
}
