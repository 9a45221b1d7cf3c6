using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Messages.Events;

namespace Ums.Notifier.Tests.Alerts;

public class SubmitTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Fact]
    public async Task what_contacts_finds_wrong_with_the_audience_is_passed_on()
    {
        var id = await notifier.WriteAsync();
        notifier.Count = () => new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = JsonContent.Create(new { type = "urn:ums:problem:validation", title = "The request has errors.", status = 400, errors = new Dictionary<string, string[]> { ["audience.areas[0]"] = ["not-closed"] } }),
        };
        foreach (var action in new[] { "submit", "estimate" })
        {
            var (status, problem) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/{action}");
            Assert.Equal((HttpStatusCode.BadRequest, "not-closed"), (status, problem.GetProperty("errors").GetProperty("audience.areas[0]")[0].GetString()));
        }
        await AssertStillADraftAsync(id);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "{}")]
    [InlineData(HttpStatusCode.NotFound, "")]
    [InlineData(HttpStatusCode.Unauthorized, "")]
    [InlineData(HttpStatusCode.OK, "<html>")]
    [InlineData(HttpStatusCode.BadRequest, "<html>")]
    public async Task contacts_away_or_talking_nonsense_keeps_the_draft(HttpStatusCode answer, string body)
    {
        var id = await notifier.WriteAsync();
        notifier.Count = () => new HttpResponseMessage(answer) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        var (status, problem) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:ums:problem:contacts-away"), (status, problem.GetProperty("type").GetString()));
        await AssertStillADraftAsync(id);
    }

    [Fact]
    public async Task identity_away_keeps_the_draft()
    {
        var id = await notifier.WriteAsync();
        notifier.Count = () => AlertFixture.Counted(3, 0);
        notifier.IdentityAway = true;
        try
        {
            var (status, problem) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:ums:problem:identity-away"), (status, problem.GetProperty("type").GetString()));
        }
        finally
        {
            notifier.IdentityAway = false;
        }
        await AssertStillADraftAsync(id);
    }

    [Theory]
    [InlineData("sms", 0, 7)]
    [InlineData("smsAndVoice", 0, 0)]
    public async Task an_alert_for_nobody_is_not_submitted(string mode, int mobiles, int landlines)
    {
        var id = await notifier.WriteAsync(AlertFixture.Draft(mode));
        notifier.Count = () => AlertFixture.Counted(mobiles, landlines);
        var (status, problem) = await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:ums:problem:nobody"), (status, problem.GetProperty("type").GetString()));
        await AssertStillADraftAsync(id);
    }

    [Theory]
    [InlineData("sms", 5, 5, 2)]
    [InlineData("voice", 7, 0, 0)]
    [InlineData("smsAndVoice", 7, 5, 0)]
    [InlineData("smsThenVoice", 7, 5, 0)]
    public async Task the_estimate_counts_whom_the_mode_reaches_and_what_it_costs(string mode, int recipients, int texted, int leftOut)
    {
        var id = await notifier.WriteAsync(AlertFixture.Draft(mode));
        notifier.Count = () => AlertFixture.Counted(5, 2);
        var estimate = await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/estimate");
        Assert.Equal((recipients, leftOut, 1), (estimate.GetProperty("recipients").GetInt32(), estimate.GetProperty("leftOut").GetInt32(), estimate.GetProperty("parts").GetInt32()));
        Assert.True(estimate.GetProperty("cost").GetDecimal() > 0);
        var longer = await notifier.WriteAsync(AlertFixture.Draft(mode, sms: new string('a', 300)));
        var dearer = await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{longer}/estimate");
        Assert.Equal(texted > 0, dearer.GetProperty("cost").GetDecimal() > estimate.GetProperty("cost").GetDecimal());
    }

    [Fact]
    public async Task ten_who_submit_at_once_submit_it_once()
    {
        var id = await notifier.WriteAsync();
        notifier.Count = () => AlertFixture.Counted(3, 0);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit")));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => Assert.True(answer.Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed, $"{answer.Status}"));
        await notifier.Bus.PublishedAsync<AlertSubmitted>(submitted => submitted.AlertId == id);
        Assert.Single(notifier.Bus.MessageIds<AlertSubmitted>(submitted => submitted.AlertId == id).Distinct());
    }

    [Fact]
    public async Task what_was_changed_while_contacts_counted_is_not_submitted()
    {
        var id = await notifier.WriteAsync();
        notifier.Count = () =>
        {
            notifier.ExecuteAsync("update alerts set version = version + 1 where id = $1", id).GetAwaiter().GetResult();
            return AlertFixture.Counted(3, 0);
        };
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit")).Status);
        await AssertStillADraftAsync(id);
    }

    private async Task AssertStillADraftAsync(Guid id)
    {
        var alert = await notifier.AlertAsync(id);
        Assert.Equal(("draft", JsonValueKind.Null), (alert.GetProperty("state").GetString(), alert.GetProperty("submittedBy").ValueKind));
        Assert.Empty(notifier.Bus.Published<AlertSubmitted>(submitted => submitted.AlertId == id));
    }
}
