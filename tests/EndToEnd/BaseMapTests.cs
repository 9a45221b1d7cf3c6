using System.Collections.Concurrent;
using Microsoft.Playwright;
using Ums.Testing;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>A base map under our own, in a real browser and under the pages' own policy.</summary>
[Collection(nameof(BaseMapTests))]
public sealed class BaseMapTests(BaseMapTests.WithBaseMap system, Browser browser) : IClassFixture<BaseMapTests.WithBaseMap>, IClassFixture<Browser>
{
    [Fact]
    public async Task the_map_is_drawn_over_a_base_map_and_without_it_where_that_is_away()
    {
        var page = await browser.OpenAsync(system.Url);
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
        var resident = new Resident(page, system, "070-174 06 47");
        await resident.SignInAsync("stockholm");
        await resident.RegisterAsync("Doris", "Exempelsson");
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

    public sealed class WithBaseMap : DemoSystem
    {
        private readonly string path = Path.GetTempFileName();

        protected override IReadOnlyDictionary<string, string> More => new Dictionary<string, string> { ["Map__Base"] = path };

        public override Task InitializeAsync()
        {
            File.WriteAllBytes(path, SmallBaseMap.Bytes());
            return base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            File.Delete(path);
        }
    }
}

/// <summary>A system of its own, so not beside the other one.</summary>
[CollectionDefinition(nameof(BaseMapTests), DisableParallelization = true)]
public sealed class WithABaseMap;
