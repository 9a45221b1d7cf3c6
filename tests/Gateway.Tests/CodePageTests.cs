using System.Net;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>How the code stands in the SMS is an approver's to decide.</summary>
public sealed class CodePageTests : IClassFixture<GatewayFixture>
{
    private const string Path = "/admin/varningar/kod";
    private readonly GatewayFixture gateway;

    public CodePageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Approver);
    }

    private AlertsDouble Alerts => gateway.Town.Alerts;

    [Fact]
    public async Task an_approver_decides_and_everything_else_stays_as_it_was()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar");
        Assert.Contains($"href=\"{Path}\"", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync(Path);
        Assert.Equal(Path, OperatorTests.PathOf(await browser.SendFormAsync(Path, Form("link", " på pitea.se/koll "))));
        Assert.Equal(("link", "på pitea.se/koll", 2, "22:00:00", 365), ((string)Alerts.Settings["codeStyle"]!, (string)Alerts.Settings["codePlace"]!, (int)Alerts.Settings["version"]!,
            (string)Alerts.Settings["quietFrom"]!, (int)Alerts.Settings["textDays"]!));
        await browser.GetAsync(Path);
        Assert.Contains("Inställningen är sparad.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"på pitea.se/koll\"", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("always", "", 1, 422)]
    [InlineData("", "", 1, 422)]
    [InlineData("place", "på vår sida →", 1, 422)]
    [InlineData("none", "", 0, 409)]
    public async Task what_is_wrong_or_stale_changes_nothing_and_what_was_typed_stays(string style, string place, int version, int status)
    {
        var browser = await SignedInAsync();
        await browser.GetAsync(Path);
        Assert.Equal(status, (int)(await browser.SendFormAsync(Path, Form(style, place, version))).StatusCode);
        Assert.Contains($"value=\"{place}\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(("place", 1), ((string)Alerts.Settings["codeStyle"]!, (int)Alerts.Settings["version"]!));
        if (status == 409)
            Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync(Path, Form(style, place, 1))).StatusCode);
    }

    [Fact]
    public async Task nobody_else_decides()
    {
        gateway.Town.Identity.Operators.Role = Roles.Sender;
        var browser = await SignedInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(Path)).StatusCode);
        await browser.GetAsync("/admin/varningar");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendFormAsync(Path, Form("none", ""))).StatusCode);
        Assert.Equal("place", (string)Alerts.Settings["codeStyle"]!);
    }

    private static Dictionary<string, string> Form(string style, string place, int version = 1) => new() { ["Style"] = style, ["Place"] = place, ["Version"] = $"{version}" };

    private Task<Browser> SignedInAsync() => OperatorTests.SignedInAsync(gateway);
}
