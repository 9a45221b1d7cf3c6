using System.Collections.Concurrent;
using Microsoft.Playwright;
using Ums.Testing;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>A base map under our own, in a real browser and under the pages' own policy.</summary>
[Collection(SetUpOtherwise.Name)]
public sealed class BaseMapTests(SetUpOtherwise.System system, Browser browser)
{
    [Fact]
    public async Task the_map_is_drawn_over_a_base_map_and_without_it_where_that_is_away()
    {
        // Here the captcha is Google's; without scripts there is none.
        var plain = await browser.OpenAsync(system.Url, script: false);
        var resident = new Resident(plain, system, "070-174 06 90", script: false);
        await resident.SignInAsync("stockholm");
        await resident.RegisterAsync("Doris", "Exempelsson");

        var page = await browser.OpenAsync(system.Url);
        await page.Context.AddCookiesAsync((await plain.Context.CookiesAsync()).Select(cookie => new Cookie
        {
            Name = cookie.Name, Value = cookie.Value, Url = system.Url.Replace("http:", "https:", StringComparison.Ordinal), Secure = cookie.Secure, HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite,
        }));
        var (parts, tiles, refused) = (new ConcurrentQueue<int>(), new ConcurrentQueue<int>(), new ConcurrentQueue<string>());
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/api/map/base.pmtiles", StringComparison.Ordinal))
                parts.Enqueue(response.Status);
            if (response.Url.EndsWith(".mvt", StringComparison.Ordinal))
                tiles.Enqueue(response.Status);
        };
        page.Console += (_, message) =>
        {
            if (message.Text.StartsWith("refused ", StringComparison.Ordinal))
                refused.Enqueue(message.Text);
        };
        await page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.log('refused ' + e.blockedURI))");
        await page.GotoAsync("/min-sida");
        await PinIsShownAsync(page);
        // Its head and directory in one part, what it says of itself, and then the tile.
        await Eventually.TrueAsync(() => parts.Count >= 3 && tiles.Contains(200));
        Assert.All(parts, status => Assert.Equal(206, status));
        await Pictures.TakeAsync(page, "base-map");

        await page.RouteAsync("**/api/map/base.pmtiles", route => route.AbortAsync());
        (parts, tiles) = (new(), new());
        await page.ReloadAsync();
        await PinIsShownAsync(page);
        await Eventually.TrueAsync(() => !tiles.IsEmpty);
        Assert.Empty(parts);
        Assert.Empty(refused);
    }

    private static async Task PinIsShownAsync(IPage page)
    {
        await page.Locator("[data-map]").ScrollIntoViewIfNeededAsync();
        await Expect(page.Locator("[data-map] .pin").First).ToBeVisibleAsync();
    }
}
