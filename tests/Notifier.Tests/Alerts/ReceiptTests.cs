using System.Net;
using Npgsql;
using Ums.Notifier.Providers;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

public class ReceiptTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Theory]
    [InlineData("delivered", "Delivered", "Sent", "Failed")]
    [InlineData("failed", "Failed", "Sent", "Delivered")]
    [InlineData("delivered", "Sent", "Sent", "Delivered")]
    [InlineData("accepted", "Sent", "Sent", "Sent")]
    public async Task a_recipients_state_only_moves_forward(string state, params string[] receipts)
    {
        var people = AlertFixture.People(1);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 1);
        foreach (var receipt in receipts)
            await notifier.ReceiptAsync(notifier.Sent(people)[0], receipt);
        Assert.Equal(state, await notifier.QueryAsync<string>("select state from alert_recipient_states where alert_id = $1", id));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_receipt_a_thousand_times_over_counts_once()
    {
        var people = AlertFixture.People(2);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 2);
        var message = notifier.Sent(people[..1])[0];

        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), async (_, _) => await notifier.ReceiptAsync(message, "Delivered"));

        Assert.True(await notifier.CountsAsync(id) is { Delivered: 1, Accepted: 1, Recipients: 2 });
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_receipt_before_the_providers_own_answer_is_not_lost()
    {
        var people = AlertFixture.People(2);
        var gate = new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var person in people)
            notifier.First.Answers(person.Phone, () => gate.Task);
        var id = await notifier.SendingToAsync(people);
        await Eventually.TrueAsync(() => notifier.Sent(people).Count == 2);
        await notifier.ReceiptAsync(notifier.Sent(people[..1])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent(people[1..])[0], "Failed");
        Assert.True(await notifier.CountsAsync(id) is { Delivered: 1, Failed: 1, Sending: 0 });

        gate.SetResult(new ProviderAnswer.Accepted("reference"));

        await Eventually.TrueAsync(async () => await notifier.QueryAsync<long>("select count(*) from alert_attempts where alert_id = $1 and reference = 'reference'", id) == 2);
        Assert.True(await notifier.CountsAsync(id) is { Delivered: 1, Failed: 1, Accepted: 0 });
        await notifier.AlertBecomesAsync(id, "completed");
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task an_address_that_was_not_given_out_changes_nothing()
    {
        var people = AlertFixture.People(1);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 1);
        var given = notifier.Sent(people)[0].ReceiptAddress.AbsolutePath;
        var (path, token) = (given[..(given.LastIndexOf('/') + 1)], given[(given.LastIndexOf('/') + 1)..]);
        for (var i = 0; i < token.Length; i++)
        {
            var forged = token.Remove(i, 1).Insert(i, token[i] == 'A' ? "B" : "A");
            // The last character has bits that stand for nothing; who flips only these has the address itself, or none.
            if (i < token.Length - 1)
                Assert.Equal(HttpStatusCode.Unauthorized, await ReportAsync(path + forged));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await ReportAsync(given.Replace("/first/", "/second/", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReportAsync(path + "x"));
        Assert.Equal(1, (await notifier.CountsAsync(id)).Accepted);
    }

    [Fact]
    public async Task counts_are_the_tables_at_every_moment_of_five_thousand_receipts_in_any_order()
    {
        var people = AlertFixture.People(2000);
        var id = await notifier.SendingToAsync(people, AlertFixture.Draft("smsThenVoice"));
        using var end = new CancellationTokenSource();
        var watching = CompareAsync(id, end.Token);
        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 2000 });

        var sent = notifier.Sent(people);
        var receipts = sent.Select((message, i) => (message, kind: i % 5 == 0 ? "Failed" : "Delivered")).Concat(sent.Select(message => (message, kind: "Sent"))).Concat(sent.Take(1000).Select(message => (message, kind: "Delivered"))).ToArray();
        new Random(5).Shuffle(receipts);
        await Parallel.ForEachAsync(receipts, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (receipt, _) => await notifier.ReceiptAsync(receipt.message, receipt.kind));

        await notifier.CountsBecomeAsync(id, counts => counts is { Sending: 0, Waiting: 0, Unknown: 0, Recipients: 2000 });
        await end.CancelAsync();
        Assert.True(await watching > 10, "Nobody looked.");
        var counts = await notifier.CountsAsync(id);
        Assert.True(counts.Called > 0 && counts.Delivered > 0 && counts.Delivered + counts.Accepted == 2000, counts.ToString());
        Assert.Equal(counts.Called, notifier.Sent(people).Count(message => message.Channel == Channel.Voice));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    /// <summary>Both sums at one moment, again and again.</summary>
    private async Task<int> CompareAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(notifier.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        var looks = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand("""
                with counted as (
                    select s.state, sum(s.n) as n from alert_tallies t cross join lateral (values ('waiting', waiting), ('sending', sending), ('unknown', unknown), ('accepted', accepted),
                        ('delivered', delivered), ('failed', failed), ('expired', expired), ('cancelled', cancelled)) s (state, n) where t.alert_id = $1 group by s.state),
                tables as (select state, count(*) as n from alert_recipient_states where alert_id = $1 group by state)
                select string_agg(state || ': ' || coalesce(c.n, 0) || ' counted, ' || coalesce(t.n, 0) || ' are', '; ')
                from counted c full join tables t using (state) where coalesce(c.n, 0) <> coalesce(t.n, 0)
                """, connection) { Parameters = { new() { Value = id } } };
            Assert.Equal(DBNull.Value, await command.ExecuteScalarAsync(CancellationToken.None));
            looks++;
        }
        return looks;
    }

    private async Task<HttpStatusCode> ReportAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Test-Receipt", "Delivered");
        using var answer = await notifier.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
