using Microsoft.Playwright;

namespace Ums.EndToEnd;

/// <summary>Pictures of the journey, made only where UMS_PICTURES names a folder: <c>UMS_PICTURES=docs/pictures ./test EndToEnd</c> makes the README's again.</summary>
internal static class Pictures
{
    /// <summary>From the repository's root, wherever the tests run.</summary>
    private static readonly string? Folder =
        Environment.GetEnvironmentVariable("UMS_PICTURES") is { Length: > 0 } named ? Path.Combine(Ums.Testing.CommittedDocument.Root, named) : null;

    /// <summary>A page that is shown as it is printed, as wide as what A4 leaves between its margins.</summary>
    public static async Task PrintAsync(IPage page, string name)
    {
        if (Folder is null)
            return;
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(688, 970);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Of a page that nobody in the test is on.</summary>
    public static async Task TakeAsync(Browser browser, string url, string path, string name)
    {
        if (Folder is null)
            return;
        var page = await browser.OpenAsync(url);
        await page.GotoAsync(path);
        await TakeAsync(page, name);
        await page.Context.CloseAsync();
    }

    public static async Task TakeAsync(IPage page, string name)
    {
        if (Folder is null)
            return;
        var size = page.ViewportSize!;
        foreach (var (width, height) in new[] { (1280, 800), (375, 780) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.EvaluateAsync("() => Promise.all([document.fonts.ready, new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))])");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            // An authenticator's secret is in no picture, though its system is gone with the test.
            await page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Folder, $"{name}-{width}.png"), Animations = ScreenshotAnimations.Disabled, Mask = [page.Locator(".enrol code, .enrol svg")], MaskColor = "#c5ced3",
            });
        }
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
