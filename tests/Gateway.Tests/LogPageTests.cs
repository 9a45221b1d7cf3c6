using System.Net;
using System.Text.RegularExpressions;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>The three services' audits on one page and in one file.</summary>
public sealed class LogPageTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public LogPageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Administrator);
    }

    private RecordsDouble Records => gateway.Town.Records;

    [Theory]
    [InlineData("operator-joined", "Tackade ja till inbjudan")]
    [InlineData("provider-linked", "Kopplade sitt konto hos organisationen")]
    public async Task what_was_done_is_said_in_words(string action, string words)
    {
        (Records.Action, Records.Lines["identity"]) = (action, 1);
        var browser = await OperatorTests.SignedInAsync(gateway);

        await browser.GetAsync("/admin/logg");

        Assert.Contains(words, browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(action, browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task all_three_are_shown_together_the_newest_first_and_page_by_page_without_gap_or_repeat()
    {
        (Records.Lines["identity"], Records.Lines["contacts"], Records.Lines["alerts"]) = (7, 131, 60);
        var browser = await OperatorTests.SignedInAsync(gateway);
        var (seen, path) = (new List<string>(), "/admin/logg");
        for (var pages = 0; path.Length > 0 && pages < 10; pages++)
        {
            await browser.GetAsync(path);
            seen.AddRange(Regex.Matches(browser.Page, @"(identity|contacts|alerts) \d+\.").Select(match => match.Value));
            path = Regex.Match(browser.Page, "href=\"(/admin/logg\\?[^\"]*efter=[^\"]+)\"").Groups[1].Value;
        }

        Assert.Equal(198, seen.Count);
        Assert.Distinct(seen);
        Assert.Equal(["contacts 131.", "identity 7.", "alerts 60."], seen.Take(3));
        Assert.Contains("Kim <Berg>", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task operator_person_and_days_go_along_and_the_days_are_swedens()
    {
        var browser = await OperatorTests.SignedInAsync(gateway);
        var person = Guid.CreateVersion7();

        await browser.GetAsync($"/admin/logg?operator={OperatorsDouble.Kim}&person={person}&fran=2026-07-01&till=2026-07-31");

        var asked = Records.Done.Where(done => done.What.StartsWith("audit", StringComparison.Ordinal)).Select(done => Uri.UnescapeDataString(done.Body)).ToList();
        Assert.Equal(3, asked.Count);
        Assert.All(asked, query => Assert.Contains($"actor={OperatorsDouble.Kim}&person={person}&from=2026-07-01T00:00:00.0000000+02:00&to=2026-08-01T00:00:00.0000000+02:00", query, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fran=i+går", "Skriv dagen som 2026-11-26.")]
    [InlineData("till=2026-02-30", "Skriv dagen som 2026-11-26.")]
    [InlineData("fran=0001-01-01", "Skriv dagen som 2026-11-26.")]
    [InlineData("fran=2026-02-02&till=2026-02-01", "Den första dagen är efter den sista.")]
    [InlineData("person=Anna", "Personens nummer går inte att läsa.")]
    public async Task what_cannot_be_read_is_said_beside_its_field(string query, string said)
    {
        var browser = await OperatorTests.SignedInAsync(gateway);
        foreach (var handler in new[] { "", "handler=Csv&" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.GetAsync($"/admin/logg?{handler}{query}")).StatusCode);
            Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(Records.Done, done => done.What.StartsWith("audit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("efter=<script>")]
    [InlineData("efter=identity.-1-other.9")]
    [InlineData("efter=contacts.99999999999999999999")]
    [InlineData("operator='><script>")]
    public async Task a_tampered_address_shows_a_page_and_no_script(string query)
    {
        Records.Lines["contacts"] = 2;
        var browser = await OperatorTests.SignedInAsync(gateway);
        using var answer = await browser.GetAsync($"/admin/logg?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_service_that_is_away_is_named_and_the_others_lines_are_shown()
    {
        (Records.Lines["contacts"], Records.Lines["alerts"]) = (3, 3);
        var browser = await OperatorTests.SignedInAsync(gateway);
        gateway.Town.Away["notifier"] = true;

        await browser.GetAsync("/admin/logg");
        Assert.Contains("Här fattas rader: Varningar svarar inte just nu.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("contacts 3.", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/admin/logg?handler=Csv")).StatusCode);
    }

    [Fact]
    public async Task the_file_has_every_line_and_no_formula()
    {
        (Records.Lines["identity"], Records.Lines["contacts"], Records.Lines["alerts"]) = (1, 2300, 40);
        var browser = await OperatorTests.SignedInAsync(gateway);

        using var answer = await browser.GetAsync("/admin/logg?handler=Csv");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = text.TrimEnd().Split("\r\n");
        Assert.Equal(2342, lines.Length);
        Assert.Distinct(lines);
        Assert.Contains("\"'=cmd|' /C calc'!A0\"", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(";\"=", text, StringComparison.Ordinal);
    }
}
