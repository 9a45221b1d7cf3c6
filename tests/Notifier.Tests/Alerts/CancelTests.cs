using System.Net;
using Ums.Messages.Commands;
using Ums.Messages.Events;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Providers;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

public class CancelTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    /// <summary>Six dispatchers with a window each: as many may be on their way when somebody cancels.</summary>
    private static readonly int InFlight = new DispatchOptions().Dispatchers * DispatchOptions.Window;

    [Fact]
    public async Task whoever_has_not_gone_when_it_is_cancelled_does_not_go_and_the_answer_says_how_many_had()
    {
        var people = AlertFixture.People(2000);
        var gate = new TaskCompletionSource<ProviderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var person in people[500..])
            notifier.First.Answers(person.Phone, () => gate.Task);
        var id = await notifier.SendingToAsync(people);
        await Eventually.PassesAsync(async () => Assert.True(notifier.Sent(people[500..]).Count >= InFlight - DispatchOptions.Window, $"{await notifier.CountsAsync(id)}"));
        var gone = (await notifier.CountsAsync(id)).Accepted;

        var cancelled = await CancelAsync(id);

        var counts = AlertFixture.CountsOf(cancelled);
        Assert.True(counts.HandedOver >= gone && counts.Sending <= InFlight && counts.Waiting == 0, counts.ToString());
        Assert.Equal(2000, counts.Accepted + counts.Sending + counts.Cancelled);
        // Dispatchers go on recording while it is cancelled: the event was written a moment before the answer was counted.
        var told = await notifier.Bus.PublishedAsync<AlertCancelled>(e => e.AlertId == id);
        var called = notifier.Sent(people).Count;
        gate.SetResult(new ProviderAnswer.Accepted("late"));
        Assert.InRange(told.HandedOver, gone, counts.HandedOver);
        await notifier.CountsBecomeAsync(id, now => now is { Sending: 0, Waiting: 0, Recipients: 2000 });
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.True(notifier.Sent(people).Count - called <= InFlight - counts.Sending, "Somebody was called after it had been cancelled.");
        Assert.Equal(notifier.Sent(people).Count, (await notifier.CountsAsync(id)).Accepted);
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_second_after_the_answer_nobody_is_called_any_more()
    {
        var people = AlertFixture.People(10_000);
        foreach (var person in people)
            notifier.First.Answers(person.Phone, async () => { await Task.Delay(50); return new ProviderAnswer.Accepted("r"); });
        var id = await notifier.ApprovedAsync(mobiles: people.Length);
        await notifier.AnswerAsync(id, people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted > 200);

        await CancelAsync(id);

        var atAnswer = notifier.Sent(people).Count;
        await Task.Delay(TimeSpan.FromSeconds(1));
        var after = notifier.Sent(people).Count;
        Assert.True(after - atAnswer <= InFlight, $"{after - atAnswer} were called after the answer.");
        await notifier.CountsBecomeAsync(id, counts => counts is { Sending: 0, Waiting: 0, Recipients: 10_000 });
        var end = await notifier.CountsAsync(id);
        Assert.Equal((after, after, 10_000 - after), (notifier.Sent(people).Count, end.Accepted, end.Cancelled));
    }

    [Fact]
    public async Task batches_that_come_late_are_counted_as_cancelled_and_neither_sent_nor_kept()
    {
        var (early, late) = (AlertFixture.People(70), AlertFixture.People(90));
        var id = await notifier.ApprovedAsync(mobiles: 160);
        await notifier.Bus.PublishAsync(notifier.Batch(id, 0, early, last: false));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 70);
        await CancelAsync(id);

        await notifier.Bus.PublishAsync(notifier.Batch(id, 1, late, last: true));
        await notifier.Bus.PublishAsync(notifier.Batch(id, 1, late, last: true));

        await notifier.CountsBecomeAsync(id, counts => counts is { Cancelled: 90, Accepted: 70, Recipients: 160 });
        Assert.Empty(notifier.Sent(late));
        Assert.Equal(70, await notifier.QueryAsync<long>("select count(*) from alert_recipients where alert_id = $1", id));
    }

    [Fact]
    public async Task an_alert_that_is_still_being_resolved_can_be_cancelled()
    {
        var people = AlertFixture.People(5);
        var id = await notifier.ApprovedAsync(mobiles: 5);
        Assert.Equal("resolving", (await notifier.AlertAsync(id)).GetProperty("state").GetString());
        await CancelAsync(id);
        await notifier.AnswerAsync(id, people);
        await notifier.CountsBecomeAsync(id, counts => counts is { Cancelled: 5, Recipients: 5 });
        Assert.Empty(notifier.Sent(people));
    }

    [Fact]
    public async Task an_alert_that_waits_for_its_time_never_starts_once_cancelled()
    {
        var id = await notifier.ApprovedAsync(AlertFixture.Draft(sendAt: DateTimeOffset.UtcNow.AddSeconds(2)));
        await CancelAsync(id);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal("cancelled", (await notifier.AlertAsync(id)).GetProperty("state").GetString());
        Assert.Empty(notifier.Bus.Published<ResolveAudience>(asked => asked.AlertId == id));
    }

    [Fact]
    public async Task of_many_who_cancel_one_does()
    {
        var id = await notifier.ApprovedAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/cancel")));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        await notifier.Bus.PublishedAsync<AlertCancelled>(e => e.AlertId == id);
        Assert.Single(notifier.Bus.MessageIds<AlertCancelled>(e => e.AlertId == id).Distinct());
        Assert.Equal("writer", (await notifier.AlertAsync(id)).GetProperty("cancelledBy").GetString());
    }

    [Fact]
    public async Task whoever_may_approve_stops_it_too_and_whoever_only_reads_does_not()
    {
        var id = await notifier.ApprovedAsync();
        var reader = notifier.Tokens.Client("reader", "alert.read", "notifier", NotifierFixture.Organisation);
        var stranger = notifier.Tokens.Client("stranger", "alert.read alert.approve", "notifier", Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(reader, HttpMethod.Post, $"/api/alerts/{id}/cancel")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(stranger, HttpMethod.Post, $"/api/alerts/{id}/cancel")).Status);

        var cancelled = await notifier.DoneAsync(notifier.Approver, HttpMethod.Post, $"/api/alerts/{id}/cancel");

        Assert.Equal(("cancelled", "approver"), (cancelled.GetProperty("state").GetString(), cancelled.GetProperty("cancelledBy").GetString()));
    }

    [Fact]
    public async Task who_was_to_be_tried_again_has_failed_and_who_may_have_it_is_not_sent_it_twice()
    {
        var people = AlertFixture.People(3);
        notifier.First.Answers(people[0].Phone, new ProviderAnswer.Unknown("timeout"));
        notifier.First.Answers(people[1].Phone, [.. Enumerable.Repeat(new ProviderAnswer.NotSent("too-many", Again: true), 20)]);
        notifier.Second.Answers(people[1].Phone, [.. Enumerable.Repeat(new ProviderAnswer.NotSent("too-many", Again: true), 20)]);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts is { Unknown: 1, Accepted: 1 });
        await notifier.ExecuteAsync("update alert_attempts set next_at = now() + interval '1 hour' where alert_id = $1 and state = 'unknown'", id);
        await CancelAsync(id);

        await notifier.CountsBecomeAsync(id, counts => counts is { Unknown: 1, Accepted: 1, Failed: 1, Waiting: 0 });
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Single(notifier.Sent(people[..1]));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    private Task<System.Text.Json.JsonElement> CancelAsync(Guid id) => notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/cancel");
}
