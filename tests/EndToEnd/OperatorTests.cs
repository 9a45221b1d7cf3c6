using System.Security.Cryptography;
using Microsoft.Playwright;

namespace Ums.EndToEnd;

/// <summary>The first administrator's first day, with and without script, and what a passkey does in a real browser.</summary>
[Collection(Shared.Name)]
public sealed class OperatorTests(DemoSystem system, Browser browser)
{
    private const string Password = "ett långt lösenord 47";

    [Fact]
    public async Task the_first_administrator_follows_the_link_and_enters_an_organisation()
    {
        var faults = new List<string>();
        var page = await browser.OpenAsync(system.Url, script: false);
        await page.GotoAsync(await system.Running.FirstAdministratorLinkAsync());
        var secret = (await page.Locator(".enrol code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("E-postadress").FillAsync("forst@example.se");
        await page.GetByLabel("Namn", new() { Exact = true }).FillAsync("Kim Först");
        await page.GetByLabel("Välj ett lösenord").FillAsync(Password);
        await page.GetByLabel("Lösenordet en gång till").FillAsync(Password);
        await page.GetByLabel("Kod från appen").FillAsync(Code(secret));
        await page.GetByRole(AriaRole.Button, new() { Name = "Klar" }).ClickAsync();
        Assert.Equal(10, await page.Locator(".codes li").CountAsync());
        var recovery = await page.Locator(".codes code").AllInnerTextsAsync();

        await SignInAsync(page, recovery[0]);
        await EnterAsync(page);
        await Assertions.Expect(page.GetByText("Du arbetar i Stockholms stad.")).ToBeVisibleAsync();

        foreach (var width in new[] { 1280, 768 })
        {
            var seen = await browser.OpenAsync(system.Url, width: width);
            foreach (var path in new[] { "/admin/logga-in", "/admin/logga-in/egen?sok=stock", "/admin/valkommen/none" })
            {
                await seen.GotoAsync(path);
                await AccessibilityTests.LookAsync(seen, path, faults);
            }
            await SignInAsync(seen, recovery[width == 1280 ? 1 : 2]);
            await seen.GotoAsync("/admin/org?sok=stock");
            await AccessibilityTests.LookAsync(seen, "/admin/org", faults);
            await EnterAsync(seen);
            foreach (var path in new[] { "/admin", "/admin/konto", "/admin/bekrafta" })
            {
                await seen.GotoAsync(path);
                await AccessibilityTests.LookAsync(seen, path, faults);
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        await PasskeyAsync(recovery[3]);
    }

    /// <summary>Chromium's own authenticator, behind our script.</summary>
    private async Task PasskeyAsync(string code)
    {
        var page = await browser.OpenAsync(system.Url);
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await SignInAsync(page, code);
        await page.GotoAsync("/admin/konto");
        await page.GetByLabel("Nyckelns namn").FillAsync("Min dator");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lägg till en nyckel" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nyckeln är tillagd.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga ut" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga in med en nyckel (passkey)" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Välj organisation" })).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, string code)
    {
        await page.GotoAsync("/admin");
        await page.GetByLabel("E-postadress").FillAsync("forst@example.se");
        await page.GetByLabel("Lösenord").FillAsync(Password);
        await page.GetByLabel("Kod", new() { Exact = true }).FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Logga in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Välj organisation" })).ToBeVisibleAsync();
    }

    private static async Task EnterAsync(IPage page)
    {
        await page.GetByLabel("Sök kommun eller bolag").FillAsync("stockholms stad");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sök" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Stockholms stad" }).CheckAsync();
        await page.GetByLabel("Skäl").FillAsync("Ärende 4711: sätter upp operatörer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gå in" }).ClickAsync();
    }

    /// <summary>What an authenticator app makes of the key on the page.</summary>
    internal static string Code(string base32)
    {
        var bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
        var step = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // It is what the apps do.
        var hash = HMACSHA1.HashData(secret, step.Reverse().ToArray());
#pragma warning restore CA5350
        var at = hash[^1] & 0xF;
        return (((hash[at] & 0x7F) << 24 | hash[at + 1] << 16 | hash[at + 2] << 8 | hash[at + 3]) % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
