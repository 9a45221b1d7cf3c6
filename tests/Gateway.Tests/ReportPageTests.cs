using System.Net;
using System.Text.Json.Nodes;
using Ums.Gateway.Pages.Admin.Alerts;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>An alert's report as a page and as a file.</summary>
public sealed class ReportPageTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public ReportPageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Reader);
    }

    private AlertsDouble Alerts => gateway.Town.Alerts;

    [Fact]
    public async Task the_report_is_paged_and_its_file_holds_no_formula()
    {
        var (browser, id) = (await SignedInAsync(Roles.Reader), Alerts.Put("completed", failed: 2));
        await browser.GetAsync($"/admin/varningar/{id}");
        Assert.Contains("Numret används inte", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync($"/admin/varningar/{id}/mottagare");
        Assert.Contains("070-*** ** 05", browser.Page, StringComparison.Ordinal);
        Assert.Contains("efter=1-1", browser.Page, StringComparison.Ordinal);

        var file = await browser.GetAsync($"/admin/varningar/{id}/mottagare?handler=Csv");
        Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"'=cmd|' /C calc'!A0\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal("\"'+46\";\"a\"\"b\";\"\"\r\n", RecipientsCsv.Line(["+46", "a\"b", null]));
    }

    [Fact]
    public async Task the_report_tells_by_operator_hour_and_reason_and_draws_a_curve_without_script()
    {
        var (browser, id) = (await SignedInAsync(Roles.Reader), Alerts.Put("completed"));
        Alerts.Report = JsonNode.Parse("""
            {"byProvider":[{"provider":"46elks <b>","channel":"sms","attempts":4100,"delivered":4000,"failed":60,"refused":40,"open":0,"cost":2030.5}],
             "byHour":[{"hour":"2026-11-26T08:00:00Z","handedOver":4060,"delivered":4000,"failed":60}],
             "byReason":[{"reason":"not-in-use","channel":"sms","state":"failed","recipients":60}],
             "curve":[{"at":"2026-11-26T08:00:00Z","handedOver":0,"delivered":0,"failed":0},{"at":"2026-11-26T08:30:00Z","handedOver":4060,"delivered":4000,"failed":60}],
             "cost":2030.5}
            """)!.AsObject();

        var raw = await (await browser.GetAsync($"/admin/varningar/{id}/mottagare")).Content.ReadAsStringAsync();

        foreach (var sentence in new[] { "Per operatör", "Per timme", "2026-11-26 09.00", "Numret används inte", "2\u00a0031 kr", "<polyline class=\"reached\" points=\"84,200 708,", "10\u00a0000" })
            Assert.Contains(sentence, browser.Page, StringComparison.Ordinal);
        Assert.Contains("46elks &lt;b&gt;", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""[{"at":"2026-11-26T08:00:00Z","handedOver":1,"delivered":1,"failed":0}]""")]
    [InlineData("""[{"at":"2026-11-26T08:00:00Z","handedOver":0,"delivered":0,"failed":0},{"at":"2026-11-26T08:00:00Z","handedOver":0,"delivered":0,"failed":0}]""")]
    public async Task a_report_of_which_there_is_nothing_to_draw_draws_nothing(string curve)
    {
        var (browser, id) = (await SignedInAsync(Roles.Reader), Alerts.Put("draft"));
        Alerts.Report["curve"] = JsonNode.Parse(curve);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/admin/varningar/{id}/mottagare")).StatusCode);
        Assert.DoesNotContain("<polyline", browser.Page, StringComparison.Ordinal);
    }

    private Task<Browser> SignedInAsync(string role)
    {
        gateway.Town.Identity.Operators.Role = role;
        return OperatorTests.SignedInAsync(gateway);
    }
}
