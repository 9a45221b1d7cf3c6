using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ums.EndToEnd;

/// <summary>axe-core finds nothing on any page, wide and narrow, light and dark; nothing is wider than a 320-pixel screen.</summary>
[Collection(Shared.Name)]
public sealed class AccessibilityTests(DemoSystem system, Browser browser)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light, "070-174 06 93")]
    [InlineData(375, ColorScheme.Dark, "070-174 06 94")]
    public async Task no_page_has_a_fault(int width, ColorScheme scheme, string number)
    {
        var page = await browser.OpenAsync(system.Url, width: width, scheme: scheme);
        var resident = new Resident(page, system, number);
        var faults = new List<string>();

        foreach (var path in new[] { "/", "/?sok=ore", "/?sok=finns-inte", "/k/stockholm", "/integritet", "/tillganglighet", "/admin", "/finns-inte", "/dev/phone" })
        {
            await page.GotoAsync(path);
            await LookAsync(page, path, faults);
        }
        await page.GotoAsync("/k/stockholm");
        await page.GetByLabel("Telefonnummer", new() { Exact = true }).FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka PIN-kod" }).ClickAsync();
        await LookAsync(page, "sign-in with an error", faults);

        await page.GotoAsync("/k/stockholm");
        var pin = await resident.AskForPinAsync();
        await LookAsync(page, "/pin", faults);
        await resident.EnterPinAsync(pin with { Digits = pin.Digits == "000000" ? "000001" : "000000" });
        await LookAsync(page, "/pin with a wrong PIN", faults);
        await resident.EnterPinAsync(pin);

        await page.GetByLabel("Förnamn").WaitForAsync();
        await LookAsync(page, "/registrera", faults);
        await resident.FindAddressAsync("Sankt Eriksgatan", "117");
        await LookAsync(page, "/registrera with matches", faults);
        await resident.RegisterAsync("Astrid", "Exempelsson");
        await LookAsync(page, "/min-sida", faults);
        var entry = await system.QueryAsync("contactsdb", """
            update contacts set created_at = now() - interval '13 months' where id = (select id from contacts where source = 'supplementaryRegister' order by created_at desc limit 1) returning id
            """);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Stämmer det här fortfarande?" })).ToBeVisibleAsync();
        await LookAsync(page, "/min-sida with its question", faults);
        await system.QueryAsync("contactsdb", $"update contacts set passive_at = now() where id = '{entry}'");
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Gör min uppgift aktiv igen" })).ToBeVisibleAsync();
        await LookAsync(page, "/min-sida of a passive entry", faults);
        await page.GetByRole(AriaRole.Button, new() { Name = "Gör min uppgift aktiv igen" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Gör min uppgift aktiv igen" })).ToBeHiddenAsync();
        foreach (var path in new[] { "/adress/ny", "/nummer/ny", "/min-sida/ta-bort" })
        {
            await page.GotoAsync(path);
            await LookAsync(page, path, faults);
        }
        await page.GotoAsync("/adress/ny");
        await resident.FindAddressAsync("Finns inte alls", "9999");
        await LookAsync(page, "/adress/ny without a match", faults);

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    internal static async Task LookAsync(IPage page, string where, List<string> faults, params int[] widths)
    {
        foreach (var width in widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            await LookAsync(page, $"{where} at {width}", faults);
        }
    }

    internal static async Task LookAsync(IPage page, string where, List<string> faults)
    {
        var result = await page.RunAxe();
        faults.AddRange(result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{where}: {rule.Id}: {rule.Help}: {node.Html}")));
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(320, 640);
        if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") is > 320 and var wide)
            faults.Add($"{where}: {wide} pixels wide on a screen of 320");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
