using Microsoft.Playwright;

namespace Ums.EndToEnd;

/// <summary>One Chromium for all tests; each test has a context, and so cookies, of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async Task InitializeAsync()
    {
        // On a busy machine a page may take its time; a test that waits longer is no slower where it does not.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            // Chromium's own sandbox refuses to run as root, as in many a container; the pages shown are our own.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--enable-unsafe-swiftshader"],
        });
    }

    /// <summary>A resident's browser, in Swedish.</summary>
    /// <param name="script">Whether JavaScript runs.</param>
    /// <param name="width">CSS pixels.</param>
    public async Task<IPage> OpenAsync(string url, bool script = true, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = url,
            JavaScriptEnabled = script,
            Locale = "sv-SE",
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = width < 600 ? 812 : 900 },
            DeviceScaleFactor = 1,
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}
