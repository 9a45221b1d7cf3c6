using System.Net;
using System.Text.Json;
using Ums.Messages.Commands;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Tests.Alerts;

public class ReportTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public async Task paging_gives_everyone_once(int limit)
    {
        var count = limit == 1 ? 40 : 150;
        var (id, _) = await SentAsync(count);
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await ReadAsync(id, $"?limit={limit}{(after is null ? "" : $"&after={after}")}");
            seen.AddRange(page.GetProperty("recipients").EnumerateArray().Select(recipient => recipient.GetProperty("id").GetString()!));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.Equal((count, count), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task numbers_are_masked_and_states_filter()
    {
        var (id, people) = await SentAsync(5);
        await notifier.ReceiptAsync(notifier.Sent(people[..1])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent(people[1..2])[0], "Failed");

        var report = await ReadAsync(id, "");
        Assert.All(people, person => Assert.DoesNotContain(person.Phone[5..], report.GetRawText(), StringComparison.Ordinal));
        Assert.Contains(report.GetProperty("recipients").EnumerateArray(), recipient => recipient.GetProperty("phone").GetString() == ReportRecipients.Masked(people[0].Phone));
        var failed = Assert.Single((await ReadAsync(id, "?state=failed")).GetProperty("recipients").EnumerateArray());
        Assert.Equal(("absent", "first", "sms", 1), (failed.GetProperty("reason").GetString(), failed.GetProperty("provider").GetString(), failed.GetProperty("channel").GetString(), failed.GetProperty("attempts").GetInt32()));
        Assert.Equal(3, (await ReadAsync(id, "?state=accepted")).GetProperty("recipients").GetArrayLength());
        Assert.Equal(0, (await ReadAsync(id, "?state=expired")).GetProperty("recipients").GetArrayLength());
    }

    [Theory]
    [InlineData("+46701740605")]
    [InlineData("+46846500400")]
    [InlineData("+4741234567")]
    [InlineData("+358401234567")]
    public void only_the_beginning_and_the_last_two_digits_are_shown(string phone)
    {
        var masked = ReportRecipients.Masked(phone);
        Assert.EndsWith(phone[^2..], string.Concat(masked.Where(char.IsAsciiDigit)), StringComparison.Ordinal);
        Assert.True(masked.Count(char.IsAsciiDigit) <= 5 && masked.Contains('*', StringComparison.Ordinal), masked);
    }

    [Theory]
    [InlineData("?state=happy")]
    [InlineData("?state=Delivered")]
    [InlineData("?after=")]
    [InlineData("?after=1")]
    [InlineData("?after=a-b")]
    [InlineData("?after=1-2-3")]
    [InlineData("?after=-1-2")]
    [InlineData("?after=1-99999")]
    [InlineData("?after=99999999999999999999-1")]
    [InlineData("?after=%00")]
    [InlineData("?limit=all")]
    public async Task bad_questions_are_refused(string query)
    {
        var id = await notifier.WriteAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}/recipients{query}")).Status);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=-5")]
    [InlineData("?limit=2147483647")]
    [InlineData("?after=9223372036854775807-32767")]
    public async Task odd_questions_get_a_page(string query)
    {
        var (id, _) = await SentAsync(2);
        Assert.True((await ReadAsync(id, query)).GetProperty("recipients").GetArrayLength() <= 2);
    }

    private Task<JsonElement> ReadAsync(Guid id, string query) => notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}/recipients{query}");

    private async Task<(Guid Id, AudienceMember[] People)> SentAsync(int count)
    {
        var people = AlertFixture.People(count);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == count);
        return (id, people);
    }
}
