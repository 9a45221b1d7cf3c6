using System.Net;
using System.Text.Json;
using Ums.ServiceDefaults.Tokens;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

/// <summary>Every operator's act on an alert, and every look at whom it reached, stands in the audit.</summary>
public class AuditTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private string Administrator => notifier.Tokens.Operator("audit.read", NotifierFixture.Organisation, "pitea", Roles.Administrator);

    [Fact]
    public async Task an_alert_from_its_first_word_to_its_correction()
    {
        var (writer, approver) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (writes, approves) = (Operator(writer, Roles.Sender), Operator(approver, Roles.Approver));
        var people = AlertFixture.People(1);
        notifier.Count = () => AlertFixture.Counted(1, 0);
        var id = (await notifier.DoneAsync(writes, HttpMethod.Post, "/api/alerts", AlertFixture.Draft())).GetProperty("id").GetGuid();
        await notifier.DoneAsync(writes, HttpMethod.Put, $"/api/alerts/{id}", AlertFixture.Draft(title: "Vattenläcka 2"), version: 1);
        await notifier.DoneAsync(writes, HttpMethod.Post, $"/api/alerts/{id}/test", new { phones = new[] { "+46701740605" } });
        var submitted = await notifier.DoneAsync(writes, HttpMethod.Post, $"/api/alerts/{id}/submit");
        await notifier.DoneAsync(approves, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = 1 }, submitted.GetProperty("version").GetInt32());
        await notifier.AnswerAsync(id, people);
        await notifier.DoneAsync(approves, HttpMethod.Get, $"/api/alerts/{id}/recipients");
        var correction = (await notifier.DoneAsync(writes, HttpMethod.Post, $"/api/alerts/{id}/correction", new { sms = "Falskt alarm." })).GetProperty("id").GetGuid();

        var lines = (await AuditAsync($"actor={writer}")).Concat(await AuditAsync($"actor={approver}")).ToList();

        Assert.Equal(["alert-written", "alert-edited", "alert-tested", "alert-submitted", "alert-approved", "alert-recipients-read"], lines
            .Where(line => Text(line, "target") == id.ToString()).OrderBy(line => line.GetProperty("position").GetInt64()).Select(line => Text(line, "action")));
        var last = Assert.Single(lines, line => Text(line, "target") == correction.ToString());
        Assert.Equal(("alert-written", $"corrects {id}", "operator"), (Text(last, "action"), Text(last, "detail"), Text(last, "actor")));
        Assert.DoesNotContain("701740605", JsonSerializer.Serialize(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_cancelled_alert_and_changed_settings()
    {
        var (writer, approver) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var writes = Operator(writer, Roles.Sender);
        notifier.Count = () => AlertFixture.Counted(1, 0);
        var id = (await notifier.DoneAsync(writes, HttpMethod.Post, "/api/alerts", AlertFixture.Draft(sendAt: DateTimeOffset.UtcNow.AddHours(2)))).GetProperty("id").GetGuid();
        await notifier.DoneAsync(writes, HttpMethod.Post, $"/api/alerts/{id}/submit");
        await notifier.DoneAsync(writes, HttpMethod.Post, $"/api/alerts/{id}/cancel");
        var version = (await notifier.DoneAsync(Operator(approver, Roles.Approver), HttpMethod.Get, "/api/alerts/settings")).GetProperty("version").GetInt32();
        await notifier.DoneAsync(Operator(approver, Roles.Approver), HttpMethod.Put, "/api/alerts/settings", new { quietFrom = "00:00", quietTo = "00:00", textDays = 90, recipientDays = 14, version });

        Assert.Equal(["alert-cancelled", "alert-submitted", "alert-written"], (await AuditAsync($"actor={writer}")).Select(line => Text(line, "action")));
        Assert.Equal(("alert-settings-changed", "quiet 00:00-00:00, texts 90 days, recipients 14 days"),
            Assert.Single((await AuditAsync($"actor={approver}")).Select(line => (Text(line, "action"), Text(line, "detail")))));
    }

    [Fact]
    public async Task who_looks_at_a_list_of_numbers_is_written_down_and_who_looks_at_an_area_is_not()
    {
        var writer = Guid.CreateVersion7();
        var writes = Operator(writer, Roles.Sender);
        var list = (await notifier.DoneAsync(writes, HttpMethod.Post, "/api/alerts", AlertFixture.Draft(audience: new { phones = new[] { "+46701740605" } }))).GetProperty("id").GetGuid();
        var area = (await notifier.DoneAsync(writes, HttpMethod.Post, "/api/alerts", AlertFixture.Draft())).GetProperty("id").GetGuid();
        await notifier.DoneAsync(writes, HttpMethod.Get, $"/api/alerts/{list}");
        await notifier.DoneAsync(writes, HttpMethod.Get, $"/api/alerts/{area}");

        Assert.Equal([("alert-phones-read", list.ToString()), ("alert-written", area.ToString()), ("alert-written", list.ToString())],
            (await AuditAsync($"actor={writer}")).Select(line => (Text(line, "action"), Text(line, "target"))));
    }

    [Fact]
    public async Task what_is_refused_leaves_no_line()
    {
        var writer = Guid.CreateVersion7();
        var writes = Operator(writer, Roles.Sender);
        await notifier.SendAsync(writes, HttpMethod.Post, "/api/alerts", new { });
        await notifier.SendAsync(writes, HttpMethod.Post, $"/api/alerts/{Guid.CreateVersion7()}/cancel");
        await notifier.SendAsync(writes, HttpMethod.Get, $"/api/alerts/{Guid.CreateVersion7()}/recipients");

        Assert.Empty(await AuditAsync($"actor={writer}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(writes, HttpMethod.Get, "/api/audit/alerts")).Status);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("person=x")]
    [InlineData("from=i+går")]
    [InlineData("from=2026-02-01&to=2026-01-01")]
    [InlineData("actor=a%00b")]
    public async Task a_search_that_makes_no_sense_is_refused(string query) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(Administrator, HttpMethod.Get, $"/api/audit/alerts?{query}")).Status);

    [Fact]
    public async Task a_changed_row_is_found_by_the_command()
    {
        var id = await notifier.WriteAsync();
        var (code, said) = await AuditProcess.VerifyAsync(notifier);
        Assert.True(code == 0, said);

        await notifier.ExecuteAsync("update audit_log set action = 'alert-read' where target = $1", id.ToString());
        (code, said) = await AuditProcess.VerifyAsync(notifier);
        await notifier.ExecuteAsync("update audit_log set action = 'alert-written' where target = $1", id.ToString());

        Assert.Equal(1, code);
        Assert.Contains("was changed", said, StringComparison.Ordinal);
    }

    private string Operator(Guid id, string role) =>
        notifier.Tokens.Operator(string.Join(' ', Roles.ScopesOf([role])), NotifierFixture.Organisation, "pitea", role, subject: id);

    private async Task<JsonElement[]> AuditAsync(string query) =>
        [.. (await notifier.DoneAsync(Administrator, HttpMethod.Get, $"/api/audit/alerts?{query}")).GetProperty("entries").EnumerateArray()];

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
