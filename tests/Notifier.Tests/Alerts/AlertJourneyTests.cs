using Ums.Messages.Commands;
using Ums.Messages.Events;
using Ums.Notifier.Providers;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

public class AlertJourneyTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Fact]
    public async Task an_alert_is_written_submitted_approved_by_another_and_reaches_everyone_once()
    {
        var people = AlertFixture.People(2500);
        var id = await notifier.ApprovedAsync(mobiles: 2500);
        await notifier.Bus.PublishedAsync<AlertSubmitted>(e => e.AlertId == id && e.Expected == 2500);
        await notifier.Bus.PublishedAsync<AlertApproved>(e => e.AlertId == id);

        await notifier.AnswerAsync(id, people);

        await notifier.CountsBecomeAsync(id, counts => counts is { Recipients: 2500, Accepted: 2500 });
        var sent = notifier.Sent(people);
        Assert.Equal(2500, sent.Count);
        Assert.Equal(2500, sent.Select(message => message.To).Distinct().Count());
        var text = $"Vattnet stängs av idag kl 10-12.\nÄkta? Skriv {(await notifier.AlertAsync(id)).GetProperty("code").GetString()} i vår portal.";
        Assert.All(sent, message => Assert.Equal((text, "Pitea", Channel.Sms), (message.Text, message.From, message.Channel)));
        await Eventually.PassesAsync(async () => Assert.NotEqual(default, (await notifier.AlertAsync(id)).GetProperty("handedOverAt").GetDateTimeOffset()));
        await notifier.AssertCountsAreTheTablesAsync(id);

        await Parallel.ForEachAsync(sent, async (message, _) => await notifier.ReceiptAsync(message, "Delivered"));

        await notifier.AlertBecomesAsync(id, "completed");
        await notifier.Bus.PublishedAsync<AlertCompleted>(e => e.AlertId == id && e is { Recipients: 2500, Delivered: 2500, Failed: 0 });
        await notifier.Bus.PublishedAsync<AlertProgressed>(e => e.AlertId == id && e.Recipients > 0);
        await notifier.AssertCountsAreTheTablesAsync(id);
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from alert_claims where alert_id = $1", id));
    }

    [Fact]
    public async Task a_batch_that_comes_twice_has_one_effect()
    {
        var people = AlertFixture.People(100);
        var id = await notifier.ApprovedAsync(mobiles: 100);
        await notifier.Bus.PublishAsync(notifier.Batch(id, 0, people[..60], last: false));
        await notifier.Bus.PublishAsync(notifier.Batch(id, 0, people[..60], last: false));
        await notifier.Bus.PublishAsync(notifier.Batch(id, 1, people[60..], last: true));
        await notifier.Bus.PublishAsync(notifier.Batch(id, 1, people[60..], last: true));

        await notifier.CountsBecomeAsync(id, counts => counts is { Recipients: 100, Accepted: 100 });

        Assert.Equal(100, notifier.Sent(people).Count);
        Assert.Equal(2, await notifier.QueryAsync<int>("select batches from alerts where id = $1", id));
    }

    [Fact]
    public async Task nobody_in_the_audience_any_more_ends_the_alert()
    {
        var id = await notifier.ApprovedAsync();
        await notifier.AnswerAsync(id, []);
        await notifier.AlertBecomesAsync(id, "completed");
    }

    [Fact]
    public async Task landlines_are_called_or_left_out_as_the_mode_says()
    {
        var (mobiles, landlines) = (AlertFixture.People(3), AlertFixture.People(2, mobile: false));
        var sms = await notifier.ApprovedAsync(AlertFixture.Draft("sms"), 3, 2);
        await notifier.AnswerAsync(sms, [.. mobiles, .. landlines]);
        await notifier.CountsBecomeAsync(sms, counts => counts is { Accepted: 3, Suppressed: 2, Recipients: 3 });
        Assert.Empty(notifier.Sent(landlines));

        var both = await notifier.ApprovedAsync(AlertFixture.Draft("smsAndVoice"), 3, 2);
        await notifier.AnswerAsync(both, [.. mobiles, .. landlines]);
        await notifier.CountsBecomeAsync(both, counts => counts is { Accepted: 5, Suppressed: 0 });
        Assert.All(notifier.Sent(landlines), call => Assert.Equal((Channel.Voice, "+46846500400"), (call.Channel, call.From)));
        Assert.Contains("Piteå kommun", notifier.Sent(landlines)[0].Text, StringComparison.Ordinal);

        var voice = await notifier.ApprovedAsync(AlertFixture.Draft("voice"), 3, 2);
        var others = AlertFixture.People(3);
        await notifier.AnswerAsync(voice, others);
        await notifier.CountsBecomeAsync(voice, counts => counts.Accepted == 3);
        Assert.All(notifier.Sent(others), call => Assert.Equal(Channel.Voice, call.Channel));
    }

    [Fact]
    public async Task a_poisoned_batch_ends_in_error_and_the_alert_goes_on()
    {
        var people = AlertFixture.People(5);
        var id = await notifier.ApprovedAsync(mobiles: 5);
        var good = notifier.Batch(id, 0, people, last: true);
        await notifier.Bus.PublishAsync(good with { Sealed = [1, 2, 3] });
        await notifier.Bus.PublishAsync(good with { Count = 4 });
        await notifier.Bus.PublishAsync(good with { AlertId = Guid.CreateVersion7() });
        await notifier.Bus.PublishRawAsync<AudienceBatch>("{ not json"u8.ToArray());

        await Eventually.TrueAsync(async () => await notifier.Bus.CountAsync("notifier-take-audience-batch_error") >= 3, TimeSpan.FromSeconds(40));
        await notifier.Bus.PublishAsync(good);

        await notifier.CountsBecomeAsync(id, counts => counts is { Recipients: 5, Accepted: 5 });
    }
}
