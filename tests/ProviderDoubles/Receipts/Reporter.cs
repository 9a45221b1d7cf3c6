using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Ledger;
using Ums.ProviderDoubles.Wires;

namespace Ums.ProviderDoubles.Receipts;

/// <summary>Tells the callback addresses what became of messages, as the provider does: a report that is not taken is brought again a few times.</summary>
public sealed class Reporter : IAsyncDisposable
{
    private const int Workers = 64;
    /// <summary>Over some nine minutes; 46elks itself goes on for six hours.</summary>
    private const int Tries = 60;
    private const int LongestPause = 10;
    private const int MostAnswers = 10_000;

    private readonly DoubleOptions options;
    private readonly Weather weather;
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<(LedgerEntry Entry, long Due)> waiting = Channel.CreateUnbounded<(LedgerEntry, long)>();
    private readonly HttpClient own = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = Workers })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };
    private readonly Task working;
    private readonly Pace? pace;
    private long taken;
    private long lost;
    private long pending;

    public Reporter(DoubleOptions options, Weather weather)
    {
        (this.options, this.weather) = (options, weather);
        States = options.Receipts;
        pace = options.ReceiptRate > 0 ? new Pace(options.ReceiptRate) : null;
        working = Parallel.ForEachAsync(waiting.Reader.ReadAllAsync(), new ParallelOptions { MaxDegreeOfParallelism = Workers },
            async (item, _) => await WorkAsync(item.Entry, item.Due));
    }

    /// <summary>What is reported of each message, in this order.</summary>
    public IReadOnlyList<string> States { get; set; }

    /// <summary>Another way to the callback addresses, such as one within a test's process.</summary>
    public HttpClient? Callbacks { get; set; }

    /// <summary>The key that people press when a call asks for one; null where they press none.</summary>
    public string? Presses { get; set; }

    /// <summary>Sound that calls have played, where the double keeps what it is given.</summary>
    public ConcurrentQueue<(string To, byte[] Sound)> Heard { get; } = new();

    /// <summary>What the callback addresses answered, as far as anyone can want to look back.</summary>
    public ConcurrentQueue<HttpStatusCode> Answers { get; } = new();

    public object Counts => new { taken = Interlocked.Read(ref taken), lost = Interlocked.Read(ref lost), pending = Interlocked.Read(ref pending) };

    /// <returns>Whether its reports come before the answer.</returns>
    public bool IsEarly(LedgerEntry entry) => Weather.Strikes(weather.Plan, weather.Plan.ReceiptEarly, entry.N, 1);

    public void Later(LedgerEntry entry)
    {
        if (States.Count > 0)
        {
            Interlocked.Increment(ref pending);
            waiting.Writer.TryWrite((entry, Environment.TickCount64 + (long)options.ReceiptDelay.TotalMilliseconds));
        }
    }

    /// <summary>All that is to be reported of a message, at once.</summary>
    public async Task NowAsync(LedgerEntry entry)
    {
        var states = ReceiptPlan.Of(weather.Plan, States, entry.N).ToList();
        // Only who picks up hears anything.
        var broke = entry.Channel == "voice" && states.Contains("delivered") && !await options.Wire!.CallAsync(entry, new Call(this, entry.To));
        foreach (var state in states)
        {
            await BringAsync(entry, broke && state == "delivered" ? "failed" : state);
        }
    }

    /// <summary>Brings one report, once.</summary>
    public async Task<HttpStatusCode> ReportAsync(LedgerEntry entry, string state)
    {
        if (entry.Callback.Length == 0 || options.Wire!.Report(entry, state) is not { } content)
        {
            return HttpStatusCode.NoContent;
        }
        using var report = new HttpRequestMessage(HttpMethod.Post, Way(entry.Callback)) { Content = content };
        options.Wire!.Sign(report);
        using var answer = await (Callbacks ?? own).SendAsync(report, stopping.Token);
        if (Answers.Count < MostAnswers)
        {
            Answers.Enqueue(answer.StatusCode);
        }
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        waiting.Writer.TryComplete();
        await working;
        own.Dispose();
        stopping.Dispose();
    }

    private Uri Way(string address) => options.Callbacks is { } other ? new Uri(other, new Uri(address).PathAndQuery) : new Uri(address);

    private async Task WorkAsync(LedgerEntry entry, long due)
    {
        try
        {
            var wait = due - Environment.TickCount64;
            if (wait > 0)
            {
                await Task.Delay((int)wait, stopping.Token);
            }
            await NowAsync(entry);
        }
        catch (OperationCanceledException)
        {
            // The double is going down, and what it had not reported yet stays unreported.
        }
        finally
        {
            Interlocked.Decrement(ref pending);
        }
    }

    private async Task BringAsync(LedgerEntry entry, string state)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                await (pace?.WaitAsync(stopping.Token) ?? Task.CompletedTask);
                if ((int)await ReportAsync(entry, state) is >= 200 and <= 204)
                {
                    Interlocked.Increment(ref taken);
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stopping.IsCancellationRequested)
            {
                // Nobody is there; later perhaps.
            }
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(attempt, LongestPause)), stopping.Token);
        }
        Interlocked.Increment(ref lost);
    }

    private sealed class Call(Reporter reporter, string to) : ICall
    {
        public string? Presses => reporter.Presses;

        public async Task<bool> PlayAsync(string address)
        {
            using var answer = await (reporter.Callbacks ?? reporter.own).GetAsync(reporter.Way(address), reporter.stopping.Token);
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType != "audio/wav")
            {
                return false;
            }
            var sound = await answer.Content.ReadAsByteArrayAsync(reporter.stopping.Token);
            if (reporter.options.KeepsRequests)
            {
                reporter.Heard.Enqueue((to, sound));
            }
            return true;
        }

        public async Task<string?> PostAsync(string address, HttpContent content)
        {
            using var report = new HttpRequestMessage(HttpMethod.Post, reporter.Way(address)) { Content = content };
            reporter.options.Wire!.Sign(report);
            using var answer = await (reporter.Callbacks ?? reporter.own).SendAsync(report, reporter.stopping.Token);
            reporter.Answers.Enqueue(answer.StatusCode);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(reporter.stopping.Token) : null;
        }
    }
}
