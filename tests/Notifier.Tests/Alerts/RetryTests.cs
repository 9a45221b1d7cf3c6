using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Messages.Commands;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

public class RetryTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private IDispatchStore Store => notifier.Services.GetRequiredService<IDispatchStore>();

    [Fact]
    public async Task what_one_provider_cannot_take_goes_to_the_other_and_arrives_once()
    {
        var people = AlertFixture.People(100);
        foreach (var person in people)
            notifier.First.Answers(person.Phone, new ProviderAnswer.NotSent("no-connection", Again: true));
        var id = await notifier.SendingToAsync(people);

        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 100, Resent: 0 });

        Assert.All(people, person => Assert.Equal((1, 1), (notifier.First.SentTo(person.Phone).Count, notifier.Second.SentTo(person.Phone).Count)));
        Assert.Equal("not-sent accepted", await notifier.AttemptsAsync(id));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task what_is_refused_for_good_has_failed_with_its_reason()
    {
        var people = AlertFixture.People(2);
        notifier.First.Answers(people[0].Phone, new ProviderAnswer.NotSent("invalid-number", Again: false));
        var id = await notifier.SendingToAsync(people);

        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 1, Failed: 1 });

        Assert.Single(notifier.Sent(people[..1]));
        var report = await notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}/recipients?state=failed");
        Assert.Equal("invalid-number", Assert.Single(report.GetProperty("recipients").EnumerateArray()).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task what_nobody_knows_of_is_sent_once_more_and_counted_and_then_left_alone()
    {
        var people = AlertFixture.People(3);
        var timeout = new ProviderAnswer.Unknown("timeout");
        notifier.First.Answers(people[0].Phone, timeout);
        notifier.First.Answers(people[1].Phone, timeout, timeout, timeout);
        notifier.Second.Answers(people[1].Phone, timeout, timeout, timeout);
        var id = await notifier.SendingToAsync(people);

        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 2, Unknown: 1, Resent: 2 });
        await Task.Delay(TimeSpan.FromSeconds(2));

        Assert.Equal([2, 2, 1], people.Select(person => notifier.Sent([person]).Count));
        await notifier.AssertCountsAreTheTablesAsync(id);
        // Its time over, nobody asks any more.
        await notifier.ExecuteAsync("update alerts set expires_at = now() where id = $1", id);
        await notifier.CountsBecomeAsync(id, counts => counts is { Expired: 3, Unknown: 0 });
        await notifier.AlertBecomesAsync(id, "completed");
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Theory]
    [InlineData("Delivered")]
    [InlineData("Sent")]
    [InlineData("Failed")]
    public async Task a_receipt_in_time_makes_the_resend_needless(string receipt)
    {
        var people = AlertFixture.People(1);
        notifier.First.Answers(people[0].Phone, new ProviderAnswer.Unknown("timeout"));
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Unknown == 1);

        await notifier.ReceiptAsync(notifier.Sent(people)[0], receipt);
        await Task.Delay(TimeSpan.FromSeconds(2));

        Assert.Single(notifier.Sent(people));
        Assert.Equal(0, (await notifier.CountsAsync(id)).Resent);
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_late_receipt_for_the_first_counts_while_the_second_is_out()
    {
        var people = AlertFixture.People(1);
        var gate = new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        notifier.First.Answers(people[0].Phone, new ProviderAnswer.Unknown("timeout"));
        notifier.Second.Answers(people[0].Phone, () => gate.Task);
        var id = await notifier.SendingToAsync(people);
        await Eventually.TrueAsync(() => notifier.Second.SentTo(people[0].Phone).Count == 1);

        await notifier.ReceiptAsync(notifier.First.SentTo(people[0].Phone)[0], "Delivered");
        await notifier.CountsBecomeAsync(id, counts => counts is { Delivered: 1, Sending: 0, Resent: 1 });
        gate.SetResult(new ProviderAnswer.NotSent("too-many", Again: true));

        await notifier.AlertBecomesAsync(id, "completed");
        await Eventually.TrueAsync(async () => await notifier.AttemptsAsync(id) == "delivered not-sent");
        Assert.Equal(2, notifier.Sent(people).Count);
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_claim_whose_process_died_before_it_called_is_found_and_everyone_reached()
    {
        var (id, mine, claim) = await ClaimedByTheDeadAsync();

        await notifier.ExecuteAsync("update alert_claims set deadline = now() - interval '1 second' where id = $1", claim.Id);

        await notifier.CountsBecomeAsync(id, counts => counts is { Sending: 0, Waiting: 0, Unknown: 0, Resent: DispatchOptions.Window, Accepted: > DispatchOptions.Window });
        Assert.All(mine, person => Assert.Single(notifier.Sent([person])));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_zombies_settlement_records_only_what_a_provider_has()
    {
        var (id, mine, claim) = await ClaimedByTheDeadAsync();
        await notifier.ExecuteAsync("update alert_attempts set next_at = next_at + interval '1 hour' where alert_id = $1 and next_at is not null", id);
        await notifier.ExecuteAsync("update alert_claims set deadline = now() - interval '1 second' where id = $1", claim.Id);
        await Eventually.TrueAsync(async () => await notifier.QueryAsync<long>("select count(*) from alert_claims where id = $1", claim.Id) == 0);
        var outcomes = claim.Attempts.Select((attempt, i) => new Outcome(attempt.Id, i % 2 == 0 ? DeliveryState.Accepted : DeliveryState.NotSent, Again: true)).ToList();

        Assert.False(await Store.SettleAsync(claim, outcomes, 50, CancellationToken.None));
        await Store.RecordAsync([.. outcomes.Where(outcome => outcome.State == DeliveryState.Accepted)], 50, CancellationToken.None);

        // Half are known to have it now; the other half are sent it once more.
        await notifier.CountsBecomeAsync(id, counts => counts is { Unknown: 0, Sending: 0, Waiting: 0, Resent: DispatchOptions.Window / 2 });
        Assert.Equal(mine.Length / 2, notifier.Sent(mine).Count);
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_database_away_for_seconds_while_providers_answer_loses_nothing()
    {
        var people = AlertFixture.People(300);
        var gate = new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var person in people)
            notifier.First.Answers(person.Phone, () => gate.Task);
        var id = await notifier.SendingToAsync(people);
        await Eventually.TrueAsync(() => notifier.Sent(people).Count == 300);

        await using (var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(notifier.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString))
        {
            await server.OpenAsync();
            var name = new NpgsqlConnectionStringBuilder(notifier.ConnectionString).Database!;
            await ExecuteAsync(server, $"alter database {name} allow_connections false");
            await ExecuteAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            gate.SetResult(new ProviderAnswer.Accepted("while-away"));
            await Task.Delay(TimeSpan.FromSeconds(4));
            await ExecuteAsync(server, $"alter database {name} allow_connections true");
        }
        NpgsqlConnection.ClearAllPools();

        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 300, Sending: 0, Resent: 0 });
        Assert.Equal(300, notifier.Sent(people).Count);
        await notifier.AssertCountsAreTheTablesAsync(id);

        static async Task ExecuteAsync(NpgsqlConnection server, string sql)
        {
            await using var command = new NpgsqlCommand(sql, server);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>A slice that was claimed by somebody who then did nothing more, while all dispatchers were busy with others.</summary>
    private async Task<(Guid Id, AudienceMember[] Mine, Claim Claim)> ClaimedByTheDeadAsync()
    {
        var busy = new DispatchOptions().Dispatchers * DispatchOptions.Window;
        var people = AlertFixture.People(busy + DispatchOptions.Window);
        var gate = new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var person in people[..busy])
            notifier.First.Answers(person.Phone, () => gate.Task);
        var id = await notifier.SendingToAsync(people);
        await Eventually.TrueAsync(() => notifier.Sent(people).Count == busy);
        var claim = await Store.ClaimSliceAsync(id, Channel.Sms, "first", 50, CancellationToken.None);
        Assert.Equal(DispatchOptions.Window, claim!.Attempts.Count);
        gate.SetResult(new ProviderAnswer.Accepted("r"));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == busy);
        return (id, people[busy..], claim);
    }
}
