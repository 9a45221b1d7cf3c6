using System.Net;
using System.Text.Json;
using Ums.Notifier.Tests.Alerts;
using Ums.Testing;

namespace Ums.Notifier.Tests.Disturbances;

public class ListDisturbancesTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private static readonly object Postcode = new { postcodes = new[] { "94131" } };

    [Fact]
    public async Task what_is_live_is_shown_and_nothing_else()
    {
        var live = await SentAsync("Live.");
        await notifier.WriteAsync(AlertFixture.Draft(sms: "Draft."));
        var waits = await notifier.WriteAsync(AlertFixture.Draft(sms: "Submitted."));
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{waits}/submit");
        await notifier.ApprovedAsync(AlertFixture.Draft(sms: "Later.", sendAt: DateTimeOffset.UtcNow.AddDays(1)));
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{live}/test", new { phones = new[] { "070-174 06 05" } });
        await SentAsync("To a list.", new { phones = new[] { "+46701740605" } });
        var over = await SentAsync("Over.");
        await notifier.ExecuteAsync("update alerts set expires_at = now() - interval '1 second' where id = $1", over);
        var stopped = await SentAsync("Stopped.");
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{stopped}/cancel");
        var wrong = await SentAsync("Wrong.");
        await CorrectAsync(wrong, "False alarm.");
        var outlived = await SentAsync("Outlived.");
        await CorrectAsync(outlived, "Put right later.");
        await notifier.ExecuteAsync("update alerts set expires_at = now() - interval '1 second' where id = $1", outlived);

        await Eventually.PassesAsync(async () => Assert.Equal(
            "Live.=current, Outlived.=corrected by Put right later., Stopped.=cancelled, Wrong.=corrected by False alarm.", await ShownAsync(NotifierFixture.Organisation)));

        Assert.Equal("", await ShownAsync(Guid.CreateVersion7()));
    }

    [Fact]
    public async Task who_has_the_list_already_is_told_so_until_it_changes()
    {
        var organisation = NotifierFixture.Organisation;
        await SentAsync("Before.");
        using var first = await AskAsync(organisation, null);
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal("public, max-age=5", first.Headers.CacheControl!.ToString().Replace("max-age=5, public", "public, max-age=5", StringComparison.Ordinal));
        foreach (var known in new[] { tag, $"\"other\", {tag}", "*" })
        {
            using var again = await AskAsync(organisation, known);
            Assert.Equal((HttpStatusCode.NotModified, ""), (again.StatusCode, await again.Content.ReadAsStringAsync()));
        }
        using (var strange = await AskAsync(organisation, "not a tag"))
            Assert.Equal(HttpStatusCode.OK, strange.StatusCode);

        await SentAsync("Something new.");

        await Eventually.PassesAsync(async () =>
        {
            using var changed = await AskAsync(organisation, tag);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
        });
    }

    [Theory]
    [InlineData("pitea")]
    [InlineData("0198a000-0000-7000-8000")]
    [InlineData("*")]
    public async Task what_is_no_organisations_id_is_not_found(string id)
    {
        using var answer = await notifier.Client.GetAsync(new Uri($"/api/disturbances/{Uri.EscapeDataString(id)}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<Guid> SentAsync(string sms, object? audience = null)
    {
        var people = AlertFixture.People(1);
        var id = await notifier.SendingToAsync(people, AlertFixture.Draft(sms: sms, audience: audience ?? Postcode));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 1);
        return id;
    }

    private async Task CorrectAsync(Guid id, string sms)
    {
        var correction = (await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/correction", new { sms })).GetProperty("id").GetGuid();
        await notifier.ApproveAsync(correction, await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{correction}/submit"));
    }

    private async Task<string> ShownAsync(Guid organisation)
    {
        using var answer = await AskAsync(organisation, null);
        var list = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("disturbances").EnumerateArray();
        return string.Join(", ", list.Select(one => $"{First(one)}={one.GetProperty("state")}{(one.GetProperty("correctedBy") is { ValueKind: JsonValueKind.Object } by ? " by " + First(by) : "")}")
            .Where(line => !line.StartsWith("Before.", StringComparison.Ordinal) && !line.StartsWith("Something new.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        static string First(JsonElement json) => json.GetProperty("text").GetString()!.Split('\n')[0];
    }

    private async Task<HttpResponseMessage> AskAsync(Guid organisation, string? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/disturbances/{organisation}");
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await notifier.Client.SendAsync(request);
    }
}
