using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ums.Messages.Events;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Tests.Providers;

namespace Ums.Notifier.Tests.Messages;

public class HandOverTests(ScriptedFixture notifier) : IClassFixture<ScriptedFixture>
{
    [Fact]
    public async Task the_attempt_is_committed_before_the_provider_is_called_and_no_connection_is_held_meanwhile()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        var (called, answer) = (Signal(), new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        notifier.First.Answers(phone, () => { called.SetResult(); return answer.Task; });

        var sending = notifier.HandOverAsync(request);
        await called.Task;

        Assert.Equal("sending", await notifier.StateAsync(request.DeliveryId));
        Assert.Equal("sending", await AttemptsAsync(request));
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'"));
        answer.SetResult(new ProviderAnswer.Accepted("r1"));
        using var done = await sending;
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task what_was_certainly_not_sent_is_tried_with_the_next_provider_at_once()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        notifier.First.Answers(phone, new ProviderAnswer.NotSent("no-connection", Again: true));

        using var answer = await notifier.HandOverAsync(request);

        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
        Assert.Equal("not-sent accepted", await AttemptsAsync(request));
        Assert.Single(notifier.First.SentTo(phone));
        Assert.Single(notifier.Second.SentTo(phone));
    }

    [Fact]
    public async Task a_refused_number_is_not_tried_again()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        notifier.First.Answers(phone, new ProviderAnswer.NotSent("invalid-number", Again: false));

        using var answer = await notifier.HandOverAsync(request);

        Assert.Equal("failed", await notifier.StateAsync(request.DeliveryId));
        Assert.Empty(notifier.Second.SentTo(phone));
        await notifier.Bus.PublishedAsync<MessageFailed>(message => message.Reason == "invalid-number");
    }

    [Fact]
    public async Task what_no_provider_takes_fails_after_a_few_attempts()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        var no = new ProviderAnswer.NotSent("too-many", Again: true);
        notifier.First.Answers(phone, no, no, no);
        notifier.Second.Answers(phone, no, no, no);

        using var answer = await notifier.HandOverAsync(request);

        Assert.Equal("failed", await notifier.StateAsync(request.DeliveryId));
        Assert.Equal("not-sent not-sent not-sent not-sent", await AttemptsAsync(request));
    }

    [Fact]
    public async Task a_pin_that_expires_between_two_attempts_is_not_sent()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone, life: TimeSpan.FromSeconds(2));
        notifier.First.Answers(phone, async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(2.1));
            return new ProviderAnswer.NotSent("too-many", Again: true);
        });

        using var answer = await notifier.HandOverAsync(request);

        Assert.Equal("failed", await notifier.StateAsync(request.DeliveryId));
        Assert.Empty(notifier.Second.SentTo(phone));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("exception")]
    [InlineData("silence")]
    public async Task what_may_have_been_sent_is_never_sent_again(string fault)
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        notifier.First.Answers(phone, () => fault switch
        {
            "unknown" => Task.FromResult<ProviderAnswer>(new ProviderAnswer.Unknown("server-error")),
            "exception" => throw new HttpRequestException("reset"),
            _ => new TaskCompletionSource<ProviderAnswer>().Task,
        });

        using var first = await notifier.HandOverAsync(request);
        using var second = await notifier.HandOverAsync(request);

        Assert.Equal("unknown", await notifier.StateAsync(request.DeliveryId));
        Assert.Single(notifier.First.SentTo(phone));
        Assert.Empty(notifier.Second.SentTo(phone));
    }

    [Fact]
    public async Task who_hangs_up_does_not_stop_the_call_to_the_provider()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        using var impatient = new CancellationTokenSource();
        var (called, answer) = (Signal(), new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        notifier.First.Answers(phone, () => { called.SetResult(); return answer.Task; });
        using var post = new HttpRequestMessage(HttpMethod.Post, "/internal/messages/pin-requested") { Content = JsonContent.Create(request) };
        post.Headers.Add("Ums-Message-Id", Guid.CreateVersion7().ToString());

        var sending = notifier.Client.SendAsync(post, impatient.Token);
        await called.Task;
        await impatient.CancelAsync();
        answer.SetResult(new ProviderAnswer.Accepted("r2"));

        await notifier.BecomesAsync(request.DeliveryId, "accepted");
        await Record.ExceptionAsync(() => sending);
    }

    [Fact]
    public async Task a_crash_between_attempt_and_call_leaves_an_unknown_and_nothing_is_sent_later()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        var messageId = Guid.CreateVersion7();
        await LeaveBehindAsync(request, messageId);

        await notifier.Bus.PublishAsync(request, messageId);
        using var answer = await notifier.HandOverAsync(request, messageId);
        using var again = await notifier.HandOverAsync(request);
        await SweepAsync();

        Assert.Equal("unknown", await notifier.StateAsync(request.DeliveryId));
        Assert.Equal("unknown", await AttemptsAsync(request));
        Assert.Empty(notifier.First.SentTo(phone));
    }

    [Fact]
    public async Task who_was_paused_past_the_deadline_settles_nothing_but_a_receipt_does()
    {
        var phone = NotifierFixture.NewMobile();
        var request = notifier.Request(phone);
        var (called, answer) = (Signal(), new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        notifier.First.Answers(phone, () => { called.SetResult(); return answer.Task; });
        var sending = notifier.HandOverAsync(request);
        await called.Task;
        await notifier.ExecuteAsync("update attempts set deadline = now() - interval '1 second'");
        await SweepAsync();
        Assert.Equal("unknown", await notifier.StateAsync(request.DeliveryId));

        answer.SetResult(new ProviderAnswer.NotSent("too-many", Again: true));
        using var done = await sending;

        Assert.Equal("unknown", await AttemptsAsync(request));
        Assert.Empty(notifier.Second.SentTo(phone));
        using var receipt = new HttpRequestMessage(HttpMethod.Post, notifier.First.SentTo(phone)[0].ReceiptAddress);
        receipt.Headers.Add("Test-Receipt", "Delivered");
        using var taken = await notifier.Client.SendAsync(receipt);
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        Assert.Equal("delivered", await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task a_day_later_the_number_is_gone_and_the_row_still_counts()
    {
        var request = notifier.Request(NotifierFixture.NewMobile());
        using var answer = await notifier.HandOverAsync(request);
        await using var scope = notifier.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();

        await Retention.CleanAsync(db, DateTimeOffset.UtcNow + TimeSpan.FromHours(23.9), default);
        Assert.True(await HasPhoneAsync(request));
        await Retention.CleanAsync(db, DateTimeOffset.UtcNow + TimeSpan.FromHours(24.1), default);

        Assert.False(await HasPhoneAsync(request));
        Assert.Equal("accepted", await notifier.StateAsync(request.DeliveryId));
    }

    [Fact]
    public async Task another_organisations_rows_are_not_to_be_seen()
    {
        var request = notifier.Request(NotifierFixture.NewMobile());
        using var answer = await notifier.HandOverAsync(request);
        await using var scope = notifier.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        const string rows = "select count(*)::int as \"Value\" from messages";

        var own = await db.InOrganisationAsync(NotifierFixture.Organisation, token => CountAsync(db, rows, token), default);
        var foreign = await db.InOrganisationAsync(Guid.NewGuid(), token => CountAsync(db, rows, token), default);
        var unset = await CountAsync(db, rows, default);

        Assert.True(own > 0);
        Assert.Equal((0, 0), (foreign, unset));
    }

    /// <summary>Whoever waits for it goes on in a thread of its own, not in that of the provider's call.</summary>
    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task<int> CountAsync(NotifierDb db, string sql, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<int>(sql).SingleAsync(cancellationToken);

    private async Task SweepAsync()
    {
        await using var scope = notifier.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMessageStore>().SweepAsync(default);
    }

    /// <summary>What a process that died right after its commit leaves: inbox row, message, attempt.</summary>
    private async Task LeaveBehindAsync(PinRequested request, Guid messageId)
    {
        await notifier.ExecuteAsync("insert into inbox (endpoint, message_id) values ('pin-requested', $1)", messageId);
        await notifier.ExecuteAsync("""
            with m as (
                insert into messages (id, organisation_id, purpose, source_id, channel, parts, state, expires_at, created_at, changed_at)
                values (gen_random_uuid(), $1, 'pin', $2, 'sms', 1, 'sending', now() + interval '5 minutes', now(), now()) returning id)
            insert into attempts (id, organisation_id, message_id, number, provider, state, lease, deadline, created_at)
            select gen_random_uuid(), $1, id, 1, 'first', 'sending', gen_random_uuid(), now() - interval '1 second', now() from m
            """, request.OrganisationId, request.DeliveryId);
    }

    private Task<string?> AttemptsAsync(PinRequested request) => notifier.QueryAsync<string>(
        "select string_agg(a.state, ' ' order by a.number) from attempts a join messages m on m.id = a.message_id where m.source_id = $1", request.DeliveryId);

    private async Task<bool> HasPhoneAsync(PinRequested request) =>
        await notifier.QueryAsync<bool>("select phone is not null from messages where source_id = $1", request.DeliveryId);
}
