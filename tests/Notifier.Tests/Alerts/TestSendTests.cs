using System.Net;
using Ums.Messages.Commands;
using Ums.Notifier.Alerts;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Alerts;

public class TestSendTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    /// <summary>Whatever the alert is for, and however it is to be sent: a test reaches its own list, says so first of all, and asks nobody.</summary>
    [Fact]
    public async Task a_test_never_reaches_anybody_but_its_list_and_says_that_it_is_one()
    {
        var random = new Random(1);
        for (var round = 0; round < 25; round++)
        {
            var mode = new[] { "sms", "voice", "smsAndVoice", "smsThenVoice" }[random.Next(4)];
            var audience = new object[] { new { everyone = true }, new { postcodes = new[] { "11343" } }, new { phones = AlertFixture.People(3).Select(person => person.Phone) } }[random.Next(3)];
            var id = await notifier.WriteAsync(AlertFixture.Draft(mode, audience: audience, dangerToLife: random.Next(2) == 0, acknowledge: random.Next(2) == 0, repeatAfterMinutes: random.Next(2) == 0 ? 5 : null));
            var list = AlertFixture.People(1 + random.Next(10));
            var before = notifier.First.Ledger.Count + notifier.Second.Ledger.Count;

            var test = await TestAsync(id, list.Select(person => person.Phone));

            var testId = test.GetProperty("id").GetGuid();
            await notifier.CountsBecomeAsync(testId, counts => counts.Accepted == list.Length && counts.Recipients == list.Length);
            var sent = notifier.First.Ledger.Concat(notifier.Second.Ledger).Skip(before).ToList();
            Assert.Equal(list.Select(person => person.Phone).Order(), notifier.Sent(list).Select(message => message.To).Order());
            Assert.Equal(list.Length, sent.Count);
            Assert.All(notifier.Sent(list), message => Assert.StartsWith(message.Channel == Channel.Sms ? AlertWords.TestSms : "Detta är ett test.", message.Text, StringComparison.Ordinal));
            Assert.Empty(notifier.Bus.Published<ResolveAudience>(asked => asked.AlertId == id || asked.AlertId == testId));
            var alert = await notifier.AlertAsync(id);
            Assert.Equal(("draft", 0), (alert.GetProperty("state").GetString(), AlertFixture.CountsOf(alert).Recipients));
            Assert.True(test.GetProperty("test").GetBoolean());
        }
    }

    [Fact]
    public async Task a_number_written_twice_is_sent_to_once()
    {
        var id = await notifier.WriteAsync();
        var test = await TestAsync(id, ["070-174 06 05", "+46 70 174 06 05", "0046701740605"]);
        await notifier.CountsBecomeAsync(test.GetProperty("id").GetGuid(), counts => counts is { Recipients: 1, Accepted: 1 });
    }

    [Theory]
    [InlineData("phones[0]", "invalid-phone", "not a number")]
    [InlineData("phones[1]", "invalid-phone", "070-174 06 05", "0900-123 45 67")]
    [InlineData("phones[0]", "invalid-phone", "+1 202 555 0100")]
    [InlineData("phones[0]", "invalid-phone", "112")]
    [InlineData("phones[0]", "invalid-phone", "")]
    [InlineData("phones", "required")]
    [InlineData("phones", "too-many", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")]
    public async Task a_bad_list_is_refused_and_nobody_called(string field, string error, params string[] phones)
    {
        var id = await notifier.WriteAsync();
        var (status, problem) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/test", new { phones });
        Assert.Equal((HttpStatusCode.BadRequest, error), (status, problem.GetProperty("errors").GetProperty(field)[0].GetString()));
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from alert_history where alert_id = $1 and action = 'tested'", id));
    }

    [Fact]
    public async Task a_list_that_is_none_or_holds_nothing_is_refused()
    {
        var id = await notifier.WriteAsync();
        foreach (var body in new object?[] { new { }, new { phones = (string[]?)null }, new { phones = new string?[] { null } }, new { phones = "070" }, null })
            Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/test", body)).Status);
    }

    [Fact]
    public async Task a_test_can_neither_be_edited_nor_submitted_nor_approved_nor_corrected_into_a_live_alert()
    {
        var id = await notifier.WriteAsync();
        var test = (await TestAsync(id, [AlertFixture.People(1)[0].Phone])).GetProperty("id").GetGuid();
        notifier.Count = () => AlertFixture.Counted(5, 0);
        Assert.Equal(HttpStatusCode.Conflict, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{test}/submit")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{test}/correction", new { sms = "Nej." })).Status);
        var version = (await notifier.AlertAsync(test)).GetProperty("version").GetInt32();
        Assert.Equal(HttpStatusCode.Conflict, (await notifier.SendAsync(notifier.Writer, HttpMethod.Put, $"/api/alerts/{test}", AlertFixture.Draft(), version)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await notifier.SendAsync(notifier.Approver, HttpMethod.Post, $"/api/alerts/{test}/approve", new { recipients = 1 }, version)).Status);
    }

    private Task<System.Text.Json.JsonElement> TestAsync(Guid id, IEnumerable<string> phones) => notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/test", new { phones });
}
