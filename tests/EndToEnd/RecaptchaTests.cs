using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ums.EndToEnd;

/// <summary>reCAPTCHA instead of our own captcha, in a real browser; only Google is a double: its script, its frame, and the address where answers are checked.</summary>
[Collection(SetUpOtherwise.Name)]
public sealed class RecaptchaTests(SetUpOtherwise.System system, Browser browser)
{
    private const string Token = SetUpOtherwise.Token;

    /// <summary>What Google's does, as far as the page's policy is concerned: it fetches its second half, which draws a frame and writes the answer into the form.</summary>
    private const string Script = """
        const half = document.createElement('script'); half.src = 'https://www.gstatic.com/recaptcha/releases/1/half.js'; document.head.append(half);
        const other = document.createElement('script'); other.src = 'https://www.google.com/other.js'; document.head.append(other);
        """;

    private const string SecondHalf = """
        const place = document.querySelector('.g-recaptcha');
        const frame = document.createElement('iframe'); frame.title = 'reCAPTCHA'; frame.src = 'https://www.google.com/recaptcha/api2/anchor?k=' + place.dataset.sitekey;
        const answer = document.createElement('textarea'); answer.name = 'g-recaptcha-response'; answer.hidden = true; answer.value = 'token-of-google';
        place.append(frame, answer);
        """;

    [Fact]
    public async Task a_resident_gets_a_pin_by_googles_word_and_the_page_lets_in_no_more_of_google_than_that()
    {
        var page = await browser.OpenAsync(system.Url);
        var asked = new ConcurrentQueue<string>();
        var refused = new ConcurrentQueue<string>();
        await page.RouteAsync(new System.Text.RegularExpressions.Regex("^https://"), route =>
        {
            asked.Enqueue(route.Request.Url.Split('?')[0]);
            return route.Request.Url switch
            {
                var url when url.StartsWith("https://www.google.com/recaptcha/api.js", StringComparison.Ordinal) => route.FulfillAsync(new() { ContentType = "text/javascript", Body = Script }),
                var url when url.StartsWith("https://www.gstatic.com/recaptcha/", StringComparison.Ordinal) => route.FulfillAsync(new() { ContentType = "text/javascript", Body = SecondHalf }),
                _ => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!doctype html><p>reCAPTCHA" }),
            };
        });
        page.Console += (_, message) =>
        {
            if (message.Text.StartsWith("refused ", StringComparison.Ordinal))
                refused.Enqueue(message.Text);
        };
        await page.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.log('refused ' + e.blockedURI))");

        await page.GotoAsync("/k/stockholm");
        await Expect(page.FrameLocator("iframe[title=reCAPTCHA]").GetByText("reCAPTCHA")).ToBeVisibleAsync();
        await page.GetByLabel("Telefonnummer", new() { Exact = true }).FillAsync("070-174 06 41");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka PIN-kod" }).ClickAsync();
        await Expect(page.GetByLabel("PIN-kod", new() { Exact = true })).ToBeVisibleAsync();

        Assert.Equal(["https://www.google.com/recaptcha/api.js", "https://www.gstatic.com/recaptcha/releases/1/half.js", "https://www.google.com/recaptcha/api2/anchor"], asked);
        Assert.Equal(["refused https://www.google.com/other.js"], refused);
        Assert.Equal([("secret-of-google", Token)], system.Checked);
    }

    [Fact]
    public async Task without_scripts_a_resident_gets_on_and_google_learns_nothing()
    {
        var page = await browser.OpenAsync(system.Url, script: false);
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(request.Url);
        await page.GotoAsync("/k/stockholm");
        // Chromium under test keeps to itself what stands in it.
        Assert.Contains("<noscript><p class=\"quiet\">Utan skript kan webbläsaren inte visa", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByLabel("Telefonnummer", new() { Exact = true }).FillAsync("070-174 06 42");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skicka PIN-kod" }).ClickAsync();

        await Expect(page.GetByLabel("PIN-kod", new() { Exact = true })).ToBeVisibleAsync();
        Assert.DoesNotContain(asked, url => url.Contains("google", StringComparison.Ordinal));
    }
}
