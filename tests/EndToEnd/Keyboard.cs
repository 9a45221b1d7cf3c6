using Microsoft.Playwright;

namespace Ums.EndToEnd;

/// <summary>What people without a mouse do.</summary>
internal static class Keyboard
{
    /// <summary>Over what stands in the field.</summary>
    public static async Task TypeAsync(IPage page, string label, string text)
    {
        await page.GetByLabel(label, new() { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>By the keyboard's Enter, to where the link leads. The browser's own event of having loaded was seen to get lost on the way to us.</summary>
    public static async Task FollowAsync(IPage page, string link)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.FocusAsync();
        await page.EvaluateAsync("() => { window.left = true; }");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => !window.left && document.readyState === 'complete'");
    }

    public static async Task PressAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }
}
