using System.Net;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>Whatever is written into a header or an address, nobody is sent to another host.</summary>
public sealed class RedirectTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    public static TheoryData<string> Lures =>
    [
        "//evil.example", "\\\\evil.example", "/\\evil.example", "https://evil.example", "%2f%2fevil.example", "/%2fevil.example", "///evil.example",
        "javascript:alert(1)", "/\u3002evil.example", "/@evil.example", "http:evil.example", "/k/..//evil.example", "\t//evil.example", "/%09/evil.example", "/;@evil.example",
    ];

    [Theory]
    [MemberData(nameof(Lures))]
    public async Task the_way_back_from_a_change_of_language_is_local(string lure)
    {
        var response = await gateway.NewBrowser().GetAsync($"/sprak/en?tillbaka={Uri.EscapeDataString(lure)}");
        AssertLocal(response);
        response = await gateway.NewBrowser().GetAsync($"/sprak/en?tillbaka={lure}");
        AssertLocal(response);
    }

    [Theory]
    [MemberData(nameof(Lures))]
    public async Task a_direct_link_leads_to_a_portal_or_to_the_search(string lure)
    {
        AssertLocal(await gateway.NewBrowser().GetAsync($"/k/{Uri.EscapeDataString(lure)}"));
        AssertLocal(await gateway.NewBrowser().GetAsync($"/k/stockholm?ReturnUrl={Uri.EscapeDataString(lure)}"));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "gopher")]
    [InlineData("X-Original-URL", "//evil.example")]
    [InlineData("Forwarded", "host=evil.example")]
    public async Task a_foreign_host_in_a_header_is_refused_or_ignored(string header, string value)
    {
        foreach (var path in (string[])["/min-sida", "/k/nobody", "/pin", "/logga-ut", "/registrera"])
        {
            var browser = gateway.NewBrowser();
            browser.Headers[header] = value;
            AssertLocal(await browser.GetAsync(path));
            Assert.DoesNotContain("evil", browser.Page, StringComparison.Ordinal);
        }
    }

    private static void AssertLocal(HttpResponseMessage response)
    {
        if (response.Headers.Location is { } location)
        {
            Assert.StartsWith("/", location.OriginalString, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", location.OriginalString, StringComparison.Ordinal);
        }
        else
        {
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound, response.StatusCode.ToString());
        }
    }
}
