using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

public sealed partial class SecurityTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    /// <summary>The pages as the endpoint table has them, with a value in the place of each parameter.</summary>
    private IEnumerable<(string Path, PageActionDescriptor Page)> Pages => gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Select(endpoint => (Path: "/" + Parameter().Replace(
            endpoint.RoutePattern.RawText!.TrimStart('/'), found => found.Value.Contains("guid", StringComparison.Ordinal) ? "019ab000-0000-7000-8000-00000000aaaa" : "stockholm"), endpoint.Metadata.GetMetadata<PageActionDescriptor>()!))
        .Where(page => page.Item2 is not null);

    [Fact]
    public void every_route_has_a_decision_who_may_call_it() => Assert.All(
        gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints,
        endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null,
            endpoint.DisplayName));

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("/var/maps/sweden.pmtiles", "")]
    [InlineData("http://maps.example/sweden.pmtiles", "")]
    [InlineData("https://; script-src *", "")]
    [InlineData("https://maps.example/sweden.pmtiles?a=; script-src *", " https://maps.example")]
    [InlineData("https://a;b@maps.example:8443/sweden.pmtiles", " https://maps.example:8443")]
    public void the_pages_are_opened_to_a_base_map_on_another_host_and_to_nothing_else(string? baseMap, string opened) => Assert.Equal(
        Security.SecurityHeaders.Pages.Replace("connect-src 'self'", "connect-src 'self'" + opened, StringComparison.Ordinal), Security.SecurityHeaders.PagesWith(baseMap));

    [Fact]
    public async Task every_unsafe_handler_refuses_a_form_without_its_token()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        var operating = await OperatorTests.SignedInAsync(gateway);
        var handlers = Pages.SelectMany(page => HandlersOf(page.Page).Select(handler => handler.Length == 0 ? page.Path : $"{page.Path}?handler={handler}")).ToList();
        Assert.True(handlers.Count > 14, string.Join(' ', handlers));
        foreach (var handler in handlers)
        {
            gateway.Town.Requests.Clear();
            var whose = handler.StartsWith("/admin", StringComparison.Ordinal) ? operating : browser;
            var response = await whose.SendFormAsync(handler, new() { ["Phone"] = "0701740605" }, withToken: false);
            // An alert or a template that somebody has written for half an hour is shown again with a new token; nothing is done with it either.
            var kept = handler.Contains("/varningar/ny", StringComparison.Ordinal) || handler.Contains("/skriv", StringComparison.Ordinal) || handler.Contains("/mallar/", StringComparison.Ordinal);
            Assert.True(response.StatusCode == (kept ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.BadRequest), $"{handler} answered {response.StatusCode}");
            Assert.DoesNotContain(gateway.Town.Requests, seen => seen.Method != "GET");
            Assert.Contains(kept ? "Allt du har skrivit finns kvar" : "Sidan har legat öppen", whose.Page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task a_form_from_another_site_is_refused_even_with_its_token(string header, string value)
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        await browser.GetAsync("/k/stockholm");
        browser.Headers[header] = value;
        var response = await browser.SendFormAsync("/k/stockholm", new() { ["Phone"] = "0701740605", ["Role"] = "private" });
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(gateway.Town.Requests, seen => seen.Path == "/api/pins");
    }

    [Fact]
    public async Task every_answer_carries_the_security_headers()
    {
        gateway.Town.Reset();
        var browser = gateway.NewBrowser();
        string[] others = ["/api/organisations", "/api/contact", "/api/none", "/nowhere", "/favicon.svg", "/connect/token", "/api/openapi/identity.json", "/health"];
        foreach (var path in Pages.Select(page => page.Path).Concat(others).Distinct())
        {
            var response = await browser.GetAsync(path);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            foreach (var header in (string[])["X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options"])
            {
                Assert.True(response.Headers.Contains(header), $"{path} lacks {header}");
            }
            Assert.False(response.Headers.Contains("Server"));
            var kept = response.Headers.CacheControl?.ToString() ?? "";
            Assert.True(kept.Contains("no-store", StringComparison.Ordinal) || kept.Contains("public", StringComparison.Ordinal), $"{path}: {kept}");
        }
    }

    [Fact]
    public async Task personal_pages_are_kept_by_nobody()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        foreach (var path in (string[])["/min-sida", "/adress/ny", "/nummer/ny", "/min-sida/ta-bort", "/min-sida?handler=Export"])
        {
            var response = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        }
    }

    [Fact]
    public async Task all_cookies_are_host_bound_secure_and_out_of_scripts_reach()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/min-sida");
        await browser.SendFormAsync("/min-sida?handler=Name", new() { ["hidden"] = "true" });
        var again = gateway.NewBrowser();
        var set = new List<string>();
        foreach (var response in new[] { await again.GetAsync("/k/stockholm"), await again.GetAsync("/sprak/en?tillbaka=/"), await again.SendFormAsync("/k/stockholm", new() { ["Phone"] = "0701740605", ["Role"] = "private" }), await again.GetAsync("/pin"), await again.SendFormAsync("/pin", new() { ["Code"] = "123456" }) })
        {
            set.AddRange(response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []);
        }
        Assert.Contains(set, cookie => cookie.StartsWith("__Host-ums=", StringComparison.Ordinal));
        Assert.All(set, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task a_sign_in_makes_a_new_session_and_ends_the_old_one()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        var old = browser.Cookies["__Host-ums"];
        await browser.GetAsync("/adress/ny");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("/logga-ut", [])).StatusCode);
        Assert.DoesNotContain("__Host-ums", browser.Cookies.Keys);

        browser.Cookies["__Host-ums"] = old;
        var replayed = await browser.GetAsync("/min-sida");
        Assert.Equal("/k/stockholm?utloggad=1", replayed.Headers.Location?.OriginalString);

        var next = await gateway.SignedInAsync();
        Assert.NotEqual(old, next.Cookies["__Host-ums"]);
    }

    [Fact]
    public async Task the_session_cookie_never_leaves_the_gateway()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        await browser.GetAsync("/min-sida");
        await browser.GetAsync("/api/captcha");
        await browser.GetAsync("/api/map/style.json");
        Assert.All(gateway.Town.Requests, seen => Assert.DoesNotContain("__Host-ums=", seen.Headers.GetValueOrDefault("Cookie", ""), StringComparison.Ordinal));
        Assert.Contains("__Host-ums-browser=", gateway.Town.Requests.Last(seen => seen.Path == "/api/captcha").Headers["Cookie"], StringComparison.Ordinal);
        Assert.False(gateway.Town.Requests.Last(seen => seen.Path == "/api/map/style.json").Headers.ContainsKey("Cookie"));
    }

    private static IEnumerable<string> HandlersOf(PageActionDescriptor page) => ((CompiledPageActionDescriptor)page).HandlerMethods
        .Where(handler => handler.HttpMethod == "Post")
        .Select(handler => handler.Name ?? "")
        .Where(_ => page.RelativePath != "/Pages/Error.cshtml");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
