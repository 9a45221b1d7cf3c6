using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Ums.Notifier.Alerts;
using Ums.Testing;

namespace Ums.Notifier.Tests.Alerts;

public class WatchTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private const int Watchers = 60;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task whoever_watches_sees_the_tables_numbers_until_the_alert_is_over()
    {
        var people = AlertFixture.People(300);
        var id = await notifier.ApprovedAsync(mobiles: 300);
        var watching = WatchAsync(id, CancellationToken.None);
        await notifier.AnswerAsync(id, people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 300);
        await Parallel.ForEachAsync(notifier.Sent(people), async (message, _) => await notifier.ReceiptAsync(message, message.GetHashCode() % 3 == 0 ? "Failed" : "Delivered"));

        var seen = await watching.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(seen.Count >= 3, $"{seen.Count}");
        Assert.All(seen, progress => Assert.Equal(progress.Counts.Recipients,
            progress.Counts.Waiting + progress.Counts.Sending + progress.Counts.Unknown + progress.Counts.Accepted + progress.Counts.Delivered + progress.Counts.Failed + progress.Counts.Expired + progress.Counts.Cancelled));
        Assert.All(seen.Where(progress => progress.Counts.Recipients > 0), progress => Assert.Equal(300, progress.Counts.Recipients));
        Assert.Equal(seen.Select(progress => progress.Counts.Delivered).Order(), seen.Select(progress => progress.Counts.Delivered));
        Assert.Equal((AlertState.Completed, await notifier.CountsAsync(id)), (seen[^1].State, seen[^1].Counts));
        await notifier.AssertCountsAreTheTablesAsync(id);
    }

    [Fact]
    public async Task a_cancelled_alert_is_watched_until_its_last_receipt()
    {
        var people = AlertFixture.People(2);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 2);
        var watching = WatchAsync(id, CancellationToken.None);
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/cancel");
        foreach (var message in notifier.Sent(people))
            await notifier.ReceiptAsync(message, "Delivered");
        var seen = await watching.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((AlertState.Cancelled, 2), (seen[^1].State, seen[^1].Counts.Delivered));
    }

    [Fact]
    public async Task many_who_watch_keep_nobody_from_the_database_and_leave_nothing_behind()
    {
        var id = await notifier.ApprovedAsync();
        using var leave = new CancellationTokenSource();
        var started = 0;
        var watchers = Enumerable.Range(0, Watchers).Select(_ => WatchAsync(id, leave.Token, () => Interlocked.Increment(ref started))).ToList();
        await Eventually.TrueAsync(() => started == Watchers, TimeSpan.FromSeconds(40));
        // Fewer than they are: each holds one for the moment of a look.
        await Eventually.TrueAsync(async () => await ConnectionsAsync("state <> 'idle'") < Watchers / 4);
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}");

        await leave.CancelAsync();
        await Task.WhenAll(watchers.Select(watcher => watcher.ContinueWith(_ => { }, TaskScheduler.Default)));

        await Eventually.TrueAsync(async () => await ConnectionsAsync("state <> 'idle' and query like '%alert_tallies%'") == 0);
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}");
    }

    private Task<long> ConnectionsAsync(string which) =>
        notifier.QueryAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and {which}");

    private async Task<List<WatchAlert.Progress>> WatchAsync(Guid id, CancellationToken cancellationToken, Action? first = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/alerts/{id}/progress");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", notifier.Writer);
        using var answer = await notifier.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var seen = new List<WatchAlert.Progress>();
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken))
        {
            Assert.Equal("progress", item.EventType);
            seen.Add(JsonSerializer.Deserialize<WatchAlert.Progress>(item.Data, Json)!);
            if (seen.Count == 1)
                first?.Invoke();
        }
        return seen;
    }
}
