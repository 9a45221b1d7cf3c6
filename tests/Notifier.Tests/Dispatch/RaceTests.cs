using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Tests.Alerts;
using Ums.Testing;

namespace Ums.Notifier.Tests.Dispatch;

/// <summary>What two transactions may do to each other, held still at the moment that matters.</summary>
public class RaceTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private IDispatchStore Store => notifier.Services.GetRequiredService<IDispatchStore>();

    /// <summary>The receipt's statement began before the resend committed, so that it cannot see the second attempt, and got its lock afterwards.</summary>
    [Fact]
    public async Task a_receipt_that_waits_for_a_resend_to_be_committed_knows_of_it()
    {
        var people = AlertFixture.People(1);
        notifier.First.Answers(people[0].Phone, new ProviderAnswer.Unknown("timeout"));
        var id = await notifier.ApprovedAsync(AlertFixture.Draft("smsThenVoice"));
        await notifier.AnswerAsync(id, people);
        await notifier.CountsBecomeAsync(id, counts => counts.Unknown == 1);
        // Nobody else is to take what is due.
        await notifier.ExecuteAsync("update alert_attempts set next_at = now() + interval '1 hour' where alert_id = $1", id);
        var first = await notifier.QueryAsync<Guid>("select id from alert_attempts where alert_id = $1", id);

        await using var resend = new NpgsqlConnection(notifier.ConnectionString);
        await resend.OpenAsync();
        await using var transaction = await resend.BeginTransactionAsync();
        await ExecuteAsync("update alert_attempts set next_at = null, next_rounds = null, next_channel = null, followed = true where id = $1", first);
        var receipt = Store.RecordAsync([new Outcome(first, DeliveryState.Failed, "absent")], 120, CancellationToken.None);
        await Eventually.TrueAsync(async () => await notifier.QueryAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        await ExecuteAsync("""
            insert into alert_attempts (id, organisation_id, alert_id, slice_id, n, number, rounds, channel, provider, state, created_at)
            select gen_random_uuid(), organisation_id, alert_id, slice_id, n, 2, 1, channel, 'second', 'sending', now() from alert_attempts where id = $1
            """, first);
        await ExecuteAsync("update alert_tallies set unknown = unknown - 1, sending = sending + 1 where (alert_id, shard) in (select alert_id, shard from alert_tallies where alert_id = $1 limit 1)", id);
        await transaction.CommitAsync();
        await receipt;

        Assert.Equal("failed sending", await notifier.QueryAsync<string>("select string_agg(state, ' ' order by number) from alert_attempts where alert_id = $1", id));
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from alert_attempts where alert_id = $1 and next_at is not null", id));
        await notifier.AssertCountsAreTheTablesAsync(id);

        async Task ExecuteAsync(string sql, Guid value)
        {
            await using var command = new NpgsqlCommand(sql, resend, transaction) { Parameters = { new() { Value = value } } };
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>A settlement that saw the alert still sending, and committed after it was cancelled.</summary>
    [Fact]
    public async Task whom_a_settlement_puts_down_for_another_attempt_while_the_alert_is_cancelled_does_not_wait_for_ever()
    {
        var people = AlertFixture.People(2);
        var id = await notifier.ApprovedAsync(mobiles: 2);
        await notifier.AnswerAsync(id, people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 2);
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/cancel");
        await notifier.ExecuteAsync("""
            with late as (update alert_attempts set state = 'not-sent', next_at = now(), next_rounds = 0, next_channel = 'sms' where alert_id = $1 and n = 0 returning alert_id)
            update alert_tallies set accepted = accepted - 1, waiting = waiting + 1 where (alert_id, shard) in (select t.alert_id, shard from alert_tallies t join late using (alert_id) where accepted > 0 limit 1)
            """, id);

        await notifier.CountsBecomeAsync(id, counts => counts is { Waiting: 0, Failed: 1, Accepted: 1 });
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    /// <summary>One recipient's receipt overtook the settlement, one was refused: neither is what the quick statement settles.</summary>
    [Fact]
    public async Task a_settlement_leaves_what_receipts_have_told_meanwhile_and_records_the_rest()
    {
        var people = AlertFixture.People(3);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 3);
        await notifier.ExecuteAsync("""
            with again as (update alert_attempts set state = 'sending', reference = null, ended_at = null where alert_id = $1 returning id),
                claim as (insert into alert_claims (id, organisation_id, alert_id, attempts) select $1, organisation_id, id, (select array_agg(id) from again) from alerts where id = $1)
            update alert_tallies set accepted = accepted - 3, sending = sending + 3 where (alert_id, shard) in (select alert_id, shard from alert_tallies where alert_id = $1 and accepted = 3)
            """, id);
        var attempts = (await notifier.QueryAsync<Guid[]>("select array_agg(id order by n) from alert_attempts where alert_id = $1", id))!;
        await Store.RecordAsync([new Outcome(attempts[0], DeliveryState.Delivered)], 120, CancellationToken.None);
        var claim = new Claim(id, id, Guid.Empty, Channel.Sms, []);
        Outcome[] outcomes =
        [
            new(attempts[0], DeliveryState.Accepted, Reference: "late"), new(attempts[1], DeliveryState.Accepted, Reference: "known"),
            new(attempts[2], DeliveryState.NotSent, "invalid-number"),
        ];

        Assert.True(await Store.SettleAsync(claim, outcomes, 121, CancellationToken.None));
        Assert.False(await Store.SettleAsync(claim, outcomes, 121, CancellationToken.None));

        Assert.Equal("delivered:late accepted:known not-sent:-", await notifier.QueryAsync<string>(
            "select string_agg(state || ':' || coalesce(reference, '-'), ' ' order by n) from alert_attempts where alert_id = $1", id));
        await notifier.CountsBecomeAsync(id, counts => counts is { Delivered: 1, Accepted: 1, Failed: 1, Sending: 0 });
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task who_has_not_been_heard_of_when_a_cancelled_alerts_time_is_over_is_expired()
    {
        var people = AlertFixture.People(3);
        var id = await notifier.ApprovedAsync(mobiles: 3);
        await notifier.AnswerAsync(id, people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 3);
        await notifier.ReceiptAsync(notifier.Sent(people)[0], "Delivered");
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/cancel");

        await notifier.ExecuteAsync("update alerts set expires_at = now() where id = $1", id);

        await notifier.CountsBecomeAsync(id, counts => counts is { Delivered: 1, Expired: 2, Accepted: 0 });
        await Eventually.TrueAsync(async () => await notifier.QueryAsync<bool>("select settled_at is not null from alerts where id = $1", id));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }
}
