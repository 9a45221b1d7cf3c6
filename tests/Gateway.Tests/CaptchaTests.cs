using System.Net;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>The sign-in page where Identity is set to its own captcha.</summary>
public sealed class CaptchaTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("/k/stockholm")]
    [InlineData("/integritet")]
    public async Task with_our_own_captcha_no_page_knows_of_google(string path)
    {
        var browser = gateway.NewBrowser();
        var response = await browser.GetAsync(path);

        Assert.DoesNotContain("google", browser.Page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Security.SecurityHeaders.Pages, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(path == "/k/stockholm", browser.Page.Contains("<altcha-widget", StringComparison.Ordinal));
        Assert.DoesNotContain("www.g", Security.SecurityHeaders.Pages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_answer_of_google_is_not_looked_at()
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = "070-174 06 05", ["Role"] = "private", ["g-recaptcha-response"] = "token" });

        Assert.Contains("\"captcha\":\"noscript\"", gateway.Town.Requests.Last(seen => seen.Path == "/api/pins").Body, StringComparison.Ordinal);
    }
}

/// <summary>The same where it is set to reCAPTCHA.</summary>
public sealed class RecaptchaTests(RecaptchaTests.WithGoogle gateway) : IClassFixture<RecaptchaTests.WithGoogle>
{
    private const string Key = "site-key\"><script>";

    [Fact]
    public async Task the_sign_in_page_shows_googles_widget_and_opens_its_policy_to_googles_two_hosts_only()
    {
        var browser = gateway.NewBrowser();
        var response = await browser.GetAsync("/k/stockholm");
        var raw = await response.Content.ReadAsStringAsync();

        Assert.Contains("<script src=\"https://www.google.com/recaptcha/api.js?hl=sv\" async defer></script>", raw, StringComparison.Ordinal);
        Assert.Contains($"data-sitekey=\"{WebUtility.HtmlEncode(Key)}\"", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("<altcha-widget", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("captcha-", raw.Replace("g-recaptcha", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("<noscript><p", raw, StringComparison.Ordinal);
        Assert.Contains("Google får då din ip-adress", browser.Page, StringComparison.Ordinal);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy")).Split("; ").Select(one => one.Split(' ')).ToDictionary(one => one[0], one => one[1..]);
        Assert.Equal(["'self'", "https://www.google.com/recaptcha/", "https://www.gstatic.com/recaptcha/"], policy["script-src"]);
        Assert.Equal(["https://www.google.com/recaptcha/"], policy["frame-src"]);
        Assert.All(policy.Where(one => one.Key is not ("script-src" or "frame-src")), one => Assert.DoesNotContain(one.Value, source => source.Contains("://", StringComparison.Ordinal)));
        Assert.Equal(["'none'"], policy["default-src"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pin")]
    [InlineData("/integritet")]
    [InlineData("/k/finns-inte")]
    [InlineData("/nowhere")]
    [InlineData("/api/captcha")]
    public async Task no_other_answer_is_open_to_google(string path)
    {
        var browser = gateway.NewBrowser();
        var response = await browser.GetAsync(path);

        Assert.DoesNotContain("google", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("<script src=\"https:", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_privacy_page_says_what_google_learns()
    {
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/integritet");

        Assert.Contains("Googles reCAPTCHA", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Inget skickas till någon annan", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token-of-google", "token-of-google")]
    [InlineData("", "noscript")]
    public async Task what_the_widget_wrote_goes_to_identity(string typed, string sent)
    {
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = "070-174 06 05", ["Role"] = "private", ["altcha"] = "solved", ["g-recaptcha-response"] = typed });

        Assert.Contains($"\"captcha\":\"{sent}\"", gateway.Town.Requests.Last(seen => seen.Path == "/api/pins").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_page_that_comes_back_with_an_error_still_has_the_widget_and_its_policy()
    {
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        var response = await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = "", ["Role"] = "private" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("class=\"g-recaptcha\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(Security.SecurityHeaders.PageWithRecaptcha, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    public sealed class WithGoogle : GatewayFixture
    {
        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            Town.Identity.RecaptchaKey = Key;
        }
    }
}
