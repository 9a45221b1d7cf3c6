using System.Net;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Alerts;

public class CorrectionTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Fact]
    public async Task a_correction_goes_to_exactly_those_who_may_have_got_the_alert_and_to_each_once()
    {
        var people = AlertFixture.People(8);
        var (accepted, delivered, unknown, failed, refused, resentInVain, silent) = (people[0], people[1], people[2], people[3], people[4], people[5], people[6]);
        notifier.First.Answers(unknown.Phone, [.. Enumerable.Repeat(new ProviderAnswer.Unknown("timeout"), 3)]);
        notifier.Second.Answers(unknown.Phone, [.. Enumerable.Repeat(new ProviderAnswer.Unknown("timeout"), 3)]);
        notifier.First.Answers(refused.Phone, new ProviderAnswer.NotSent("invalid-number", Again: false));
        // Nobody knows of the first, and the second did not arrive: the first may have.
        notifier.First.Answers(resentInVain.Phone, new ProviderAnswer.Unknown("timeout"));
        notifier.Second.Answers(resentInVain.Phone, new ProviderAnswer.NotSent("invalid-number", Again: false));
        var wrong = await notifier.ApprovedAsync(mobiles: 8);
        await notifier.Bus.PublishAsync(notifier.Batch(wrong, 0, people[..7], last: false));
        await notifier.CountsBecomeAsync(wrong, counts => counts is { Unknown: 1, Failed: 2, Accepted: 4 });
        await notifier.ReceiptAsync(notifier.Sent([delivered])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent([failed])[0], "Failed");
        await notifier.ExecuteAsync("update alert_attempts set state = 'expired' where id = $1", notifier.Sent([silent])[0].AttemptId);
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{wrong}/cancel");
        await notifier.Bus.PublishAsync(notifier.Batch(wrong, 1, people[7..], last: true));
        await notifier.CountsBecomeAsync(wrong, counts => counts.Cancelled == 1);
        var before = notifier.Sent(people).Count;

        var draft = await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{wrong}/correction", new { sms = "Falskt alarm." });
        var id = draft.GetProperty("id").GetGuid();
        Assert.Equal(wrong, draft.GetProperty("corrects").GetGuid());
        Assert.Equal(before, notifier.Sent(people).Count);
        var submitted = await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit");
        Assert.Equal(5, submitted.GetProperty("expected").GetInt32());
        var own = notifier.Tokens.Client("writer", "alert.read alert.approve", "notifier", NotifierFixture.Organisation);
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(own, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = 5 }, submitted.GetProperty("version").GetInt32())).Status);
        await notifier.ApproveAsync(id, submitted);

        await notifier.CountsBecomeAsync(id, counts => counts.Recipients == 5 && counts.Accepted >= 4);
        var corrected = notifier.Sent(people).Where(message => message.Text.StartsWith("Falskt alarm.", StringComparison.Ordinal)).Select(message => message.To).Distinct();
        Assert.Equal(new[] { accepted, delivered, unknown, resentInVain, silent }.Select(person => person.Phone).Order(), corrected.Order());
        Assert.All(new[] { accepted, delivered, resentInVain, silent }, person => Assert.Single(notifier.Sent([person]), message => message.Text.StartsWith("Falskt alarm.", StringComparison.Ordinal)));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task an_alert_that_has_reached_nobody_is_not_corrected()
    {
        var id = await notifier.WriteAsync();
        var (status, _) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/correction", new { sms = "Nej." });
        Assert.Equal(HttpStatusCode.Conflict, status);
        var begun = await notifier.ApprovedAsync();
        var draft = await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{begun}/correction", new { sms = "Nej." });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{draft.GetProperty("id").GetGuid()}/submit")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("\u0000")]
    public async Task a_correction_says_something(string? sms)
    {
        var id = await notifier.ApprovedAsync();
        var (status, problem) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/correction", new { sms });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("texts.sms", out _));
    }
}
