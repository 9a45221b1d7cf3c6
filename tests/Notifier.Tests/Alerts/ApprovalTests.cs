using System.Net;
using System.Text.Json;
using Ums.Messages.Commands;

namespace Ums.Notifier.Tests.Alerts;

public class ApprovalTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private async Task<(Guid Id, JsonElement Submitted)> SubmittedAsync(int mobiles = 7)
    {
        var id = await notifier.WriteAsync();
        notifier.Count = () => AlertFixture.Counted(mobiles, 0);
        return (id, await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/submit"));
    }

    [Fact]
    public async Task nobody_approves_what_they_wrote_or_submitted()
    {
        var (id, submitted) = await SubmittedAsync();
        var both = notifier.Tokens.Client("writer", "alert.read alert.write alert.approve", "notifier", NotifierFixture.Organisation);

        var (status, problem) = await notifier.SendAsync(both, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = 7 }, submitted.GetProperty("version").GetInt32());

        Assert.Equal((HttpStatusCode.Forbidden, "urn:ums:problem:own-alert"), (status, problem.GetProperty("type").GetString()));
        Assert.Empty(notifier.Bus.Published<ResolveAudience>(asked => asked.AlertId == id));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(null)]
    public async Task who_approves_types_the_number(int? typed)
    {
        var (id, submitted) = await SubmittedAsync();
        var (status, problem) = await notifier.SendAsync(notifier.Approver, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = typed }, submitted.GetProperty("version").GetInt32());
        Assert.Equal((HttpStatusCode.BadRequest, "not-the-number"), (status, problem.GetProperty("errors").GetProperty("recipients")[0].GetString()));
    }

    [Fact]
    public async Task an_edit_takes_the_submission_back_and_an_approver_of_the_old_version_is_told()
    {
        var (id, submitted) = await SubmittedAsync();
        var version = submitted.GetProperty("version").GetInt32();
        var edited = await notifier.DoneAsync(notifier.Writer, HttpMethod.Put, $"/api/alerts/{id}", AlertFixture.Draft(sms: "Något annat."), version);
        Assert.Equal("draft", edited.GetProperty("state").GetString());

        var (status, problem) = await notifier.SendAsync(notifier.Approver, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = 7 }, version);

        Assert.Equal((HttpStatusCode.PreconditionFailed, "urn:ums:problem:alert-changed"), (status, problem.GetProperty("type").GetString()));
        var history = await notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}/history");
        Assert.Equal(["written", "submitted", "replaced", "edited"], history.EnumerateArray().Select(change => change.GetProperty("action").GetString()));
        Assert.Contains("Vattnet stängs av", history[2].GetProperty("before").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task of_two_who_edit_the_second_is_told_and_nothing_is_lost()
    {
        var id = await notifier.WriteAsync();
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Put, $"/api/alerts/{id}", AlertFixture.Draft(sms: "Den första."), version: 1);
        var (status, _) = await notifier.SendAsync(notifier.Writer, HttpMethod.Put, $"/api/alerts/{id}", AlertFixture.Draft(sms: "Den andra."), version: 1);
        var (without, _) = await notifier.SendAsync(notifier.Writer, HttpMethod.Put, $"/api/alerts/{id}", AlertFixture.Draft(sms: "Den andra."));

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired), (status, without));
        Assert.Equal("Den första.", (await notifier.AlertAsync(id)).GetProperty("texts").GetProperty("sms").GetString());
    }

    [Fact]
    public async Task twenty_who_approve_at_once_start_it_once()
    {
        var (id, submitted) = await SubmittedAsync();
        var version = submitted.GetProperty("version").GetInt32();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            notifier.SendAsync(notifier.Approver, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = 7 }, version)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        await notifier.Bus.PublishedAsync<ResolveAudience>(asked => asked.AlertId == id);
        Assert.Single(notifier.Bus.MessageIds<ResolveAudience>(asked => asked.AlertId == id).Distinct());
    }

    [Fact]
    public async Task another_organisation_sees_and_touches_nothing()
    {
        var (id, submitted) = await SubmittedAsync();
        var version = submitted.GetProperty("version").GetInt32();
        var stranger = notifier.Tokens.Client("stranger", "alert.read alert.write alert.approve", "notifier", Guid.CreateVersion7());
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "", null), (HttpMethod.Get, "/history", null), (HttpMethod.Get, "/progress", null), (HttpMethod.Get, "/recipients", null),
            (HttpMethod.Put, "", AlertFixture.Draft()), (HttpMethod.Post, "/estimate", null), (HttpMethod.Post, "/submit", null), (HttpMethod.Post, "/cancel", null),
            (HttpMethod.Post, "/approve", new { recipients = 7 }), (HttpMethod.Post, "/test", new { phones = new[] { "070-174 06 05" } }), (HttpMethod.Post, "/correction", new { sms = "Nej." }),
        })
        {
            var (status, _) = await notifier.SendAsync(stranger, method, $"/api/alerts/{id}{path}", body, version);
            Assert.True(status == HttpStatusCode.NotFound, $"{method} {path}: {status}");
        }
        Assert.DoesNotContain($"{id}", (await notifier.DoneAsync(stranger, HttpMethod.Get, "/api/alerts?limit=100")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task each_scope_opens_its_own_routes_and_no_organisation_none()
    {
        var id = await notifier.WriteAsync();
        var reader = notifier.Tokens.Client("reader", "alert.read", "notifier", NotifierFixture.Organisation);
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(reader, HttpMethod.Post, "/api/alerts", AlertFixture.Draft())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(reader, HttpMethod.Post, $"/api/alerts/{id}/cancel")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/approve", new { recipients = 1 }, 1)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(notifier.Approver, HttpMethod.Post, "/api/alerts", AlertFixture.Draft())).Status);
        var nobody = notifier.Tokens.Client("nobody", "alert.read alert.write", "notifier");
        Assert.Equal(HttpStatusCode.Forbidden, (await notifier.SendAsync(nobody, HttpMethod.Get, "/api/alerts")).Status);
    }
}
