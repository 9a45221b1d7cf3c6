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

    public static async Task PressAsync(IPage page, string button)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
    }
}
