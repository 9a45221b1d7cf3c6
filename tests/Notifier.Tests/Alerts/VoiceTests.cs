using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Providers;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

public class VoiceTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Fact]
    public async Task exactly_those_are_called_whose_sms_failed()
    {
        var (mobiles, landlines) = (AlertFixture.People(6), AlertFixture.People(2, mobile: false));
        notifier.First.Answers(mobiles[0].Phone, new ProviderAnswer.NotSent("invalid-number", Again: false), new ProviderAnswer.Accepted("call"));
        notifier.First.Answers(mobiles[1].Phone, new ProviderAnswer.Unknown("timeout"));
        var id = await notifier.SendingToAsync([.. mobiles, .. landlines], AlertFixture.Draft("smsThenVoice"));
        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 8, Called: 1, Resent: 1 });

        await notifier.ReceiptAsync(notifier.Sent(mobiles[2..3])[0], "Failed");
        await notifier.ReceiptAsync(notifier.Sent(mobiles[3..4])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent(mobiles[3..4])[0], "Failed");

        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 7, Delivered: 1, Called: 2 });
        var called = notifier.Sent(mobiles).Where(message => message.Channel == Channel.Voice).Select(call => call.To);
        Assert.Equal(new[] { mobiles[0].Phone, mobiles[2].Phone }.Order(), called.Order());
        Assert.All(landlines, person => Assert.Equal(Channel.Voice, Assert.Single(notifier.Sent([person])).Channel));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_call_without_a_key_is_repeated_once_and_one_with_a_key_never()
    {
        var people = AlertFixture.People(3);
        var id = await notifier.SendingToAsync(people, AlertFixture.Draft("voice", acknowledge: true, repeatAfterMinutes: 5));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 3);
        await notifier.ReceiptAsync(notifier.Sent(people[..1])[0], "Delivered", acknowledged: true);
        await notifier.ReceiptAsync(notifier.Sent(people[1..2])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent(people[2..])[0], "Failed");
        await notifier.CountsBecomeAsync(id, counts => counts is { Delivered: 2, Waiting: 1, Acknowledged: 1 });
        await notifier.AssertCountsAreTheTablesAsync(id);
        Assert.Equal("sending", (await notifier.AlertAsync(id)).GetProperty("state").GetString());

        await HurryAsync(id);
        await notifier.CountsBecomeAsync(id, counts => counts is { Delivered: 2, Accepted: 1 });
        await Eventually.TrueAsync(() => notifier.Sent(people[1..2]).Count == 2);
        await notifier.ReceiptAsync(notifier.Sent(people[1..2])[1], "Delivered", acknowledged: true);
        await notifier.ReceiptAsync(notifier.Sent(people[2..])[1], "Delivered");

        await notifier.AlertBecomesAsync(id, "completed");
        Assert.True(await notifier.CountsAsync(id) is { Delivered: 3, Acknowledged: 2, Resent: 0 });
        Assert.Equal([1, 2, 2], people.Select(person => notifier.Sent([person]).Count));
        Assert.All(notifier.Sent(people), call => Assert.True(call.Acknowledge));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    /// <summary>It was answered once, so that is how it ends, whatever becomes of the repetition.</summary>
    [Fact]
    public async Task a_repetition_that_is_cancelled_on_its_way_leaves_the_call_answered()
    {
        var people = AlertFixture.People(1);
        notifier.First.Answers(people[0].Phone, [new ProviderAnswer.Accepted("first"), .. Enumerable.Repeat(new ProviderAnswer.NotSent("too-many", Again: true), 20)]);
        notifier.Second.Answers(people[0].Phone, [.. Enumerable.Repeat(new ProviderAnswer.NotSent("too-many", Again: true), 20)]);
        var id = await notifier.SendingToAsync(people, AlertFixture.Draft("voice", acknowledge: true, repeatAfterMinutes: 5));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 1);
        await notifier.ReceiptAsync(notifier.Sent(people)[0], "Delivered");
        await HurryAsync(id);
        await Eventually.PassesAsync(async () => Assert.Equal("delivered, not-sent in a while", await notifier.QueryAsync<string>(
            "select string_agg(state || case when next_at > now() then ' in a while' else '' end, ', ' order by number) from alert_attempts where alert_id = $1 and number <= 2", id)));

        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/cancel");

        await notifier.CountsBecomeAsync(id, counts => counts is { Delivered: 1, Waiting: 0, Failed: 0, Recipients: 1 });
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public void the_english_follows_the_swedish_in_the_message()
    {
        Assert.Equal("Hej", AlertWords.Sms(new AlertTexts("Hej", null, null, null), test: false, null));
        Assert.Equal("Hej\n\nHello", AlertWords.Sms(new AlertTexts("Hej", "Hello", "Röst", null), test: false, null));
        Assert.StartsWith(AlertWords.TestSms, AlertWords.Sms(new AlertTexts("Hej", "Hello", null, null), test: true, null), StringComparison.Ordinal);
    }

    [Fact]
    public void a_call_says_who_calls_the_message_twice_and_asks_for_the_key_last()
    {
        var call = AlertWords.Call(new AlertTexts("SMS", "SMS in English", "Vattnet stängs av.", "The water is shut off."), "Piteå kommun", test: false, acknowledge: true);
        Assert.Contains("Piteå kommun", call[0].Text, StringComparison.Ordinal);
        Assert.Equal(2, call.Count(phrase => phrase is { Text: "Vattnet stängs av.", Language: null }));
        Assert.Equal(2, call.Count(phrase => phrase is { Text: "The water is shut off.", Language: "en" }));
        Assert.DoesNotContain(call, phrase => phrase.Text.Contains("SMS", StringComparison.Ordinal));
        Assert.StartsWith("Tryck 1", call[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(AlertWords.Call(new AlertTexts("SMS", null, null, null), "Piteå kommun", false, acknowledge: false), phrase => phrase.Text.Contains("Tryck", StringComparison.Ordinal));
    }

    [Fact]
    public void a_call_without_words_of_its_own_says_the_message_and_a_test_says_so_first_and_last()
    {
        var call = AlertWords.Call(new AlertTexts("Vattnet stängs av.", "Shut off.", null, null), "Piteå kommun", test: true, acknowledge: false);
        Assert.Contains("test", call[0].Text, StringComparison.Ordinal);
        Assert.Contains("test", call[^2].Text, StringComparison.Ordinal);
        Assert.Equal(2, call.Count(phrase => phrase.Text == "Vattnet stängs av."));
        Assert.Equal(2, call.Count(phrase => phrase is { Text: "Shut off.", Language: "en" }));
    }

    [Fact]
    public async Task the_senders_names_are_the_organisations_as_it_was_submitted()
    {
        var (mobile, landline) = (AlertFixture.People(1), AlertFixture.People(1, mobile: false));
        var id = await notifier.SendingToAsync([.. mobile, .. landline], AlertFixture.Draft("smsAndVoice"));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 2);
        Assert.Equal(("Pitea", "+46846500400"), (notifier.Sent(mobile)[0].From, notifier.Sent(landline)[0].From));
        Assert.Equal(DispatchOptions.Window, WriteRecipients.SliceSize);
    }

    private Task HurryAsync(Guid id) => notifier.ExecuteAsync("update alert_attempts set next_at = now() where alert_id = $1 and next_at is not null", id);
}
