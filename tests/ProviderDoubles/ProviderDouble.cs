using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Http;
using Ums.ProviderDoubles.Ledger;
using Ums.ProviderDoubles.Receipts;
using Ums.ProviderDoubles.Wires;

namespace Ums.ProviderDoubles;

/// <summary>
/// A provider as a server of its own: what it was given stands in its ledger, it breaks on demand, and it reports what became of each message. Beside the
/// provider's API: GET /ledger, GET /ledger/count, GET /receipts/count, and GET or PUT /faults.
/// </summary>
public sealed class ProviderDouble : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DoubleOptions options;
    private readonly Wire wire;

    private ProviderDouble(DoubleOptions options)
    {
        (this.options, wire) = (options, options.Wire!);
        Ledger = new AcceptedMessages(options.LedgerFile);
        Reporter = new Reporter(options, Weather);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public AcceptedMessages Ledger { get; }

    public Weather Weather { get; } = new();

    public Reporter Reporter { get; }

    /// <summary>Bodies of the messages it took, where it keeps them.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>Of the API.</summary>
    public string Address => app.Urls.Single() + wire.Root;

    /// <summary>Ends when the process is asked to.</summary>
    public Task Stopped => app.WaitForShutdownAsync();

    public static async Task<ProviderDouble> StartAsync(DoubleOptions options)
    {
        var server = new ProviderDouble(options);
        await server.app.StartAsync();
        return server;
    }

    public IReadOnlyList<LedgerEntry> SentTo(string phone) => [.. Ledger.Read().Where(entry => entry.To == phone)];

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
        await Reporter.DisposeAsync();
        Ledger.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!;
        if (!path.StartsWith(wire.Root, StringComparison.Ordinal) || !HttpMethods.IsPost(http.Request.Method))
        {
            await Control.AnswerAsync(http, Ledger, Weather, () => Reporter.Counts);
            return;
        }
        var body = await Control.ReadAsync(http.Request);
        switch (Weather.ForRequest())
        {
            case Fault.SilentBefore:
                await Answer.NeverAsync(http);
                break;
            case Fault.TooMany:
                http.Response.Headers.RetryAfter = Weather.RetryAfter ?? Weather.Plan.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                await Answer.SayAsync(http, 429, wire.Error(429));
                break;
            case Fault.Unavailable:
                await Answer.SayAsync(http, 503, wire.Error(503));
                break;
            case Fault.Status:
                http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
                http.Response.StatusCode = Weather.Status;
                await http.Response.StartAsync();
                break;
            case var fault:
                await AcceptAsync(http, path, body, fault);
                break;
        }
    }

    private async Task AcceptAsync(HttpContext http, string path, byte[] body, Fault fault)
    {
        if (wire.Read(path[wire.Root.Length..], http.Request.Headers.Authorization.ToString(), body, out var handed) is { } refusal)
        {
            await Answer.GiveAsync(http, refusal.Status, wire.ContentType, Encoding.UTF8.GetBytes(refusal.Body));
            return;
        }
        var number = Ledger.NextNumber();
        var entry = new LedgerEntry(number, wire.NewId(handed.Channel, number), handed.Channel, handed.To, handed.From, handed.Text, handed.Callback,
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Ledger.Add(entry);
        if (options.KeepsRequests)
        {
            Bodies.Enqueue(Encoding.UTF8.GetString(body));
        }
        var early = Reporter.IsEarly(entry);
        if (early)
        {
            await Reporter.NowAsync(entry);
        }
        if (Weather.Plan.LatencyMilliseconds > 0)
        {
            await Task.Delay(Weather.Plan.LatencyMilliseconds);
        }
        var answer = wire.Accepted(entry.Id, handed);
        if (fault == Fault.None)
        {
            await Answer.GiveAsync(http, wire.AcceptedStatus, wire.ContentType, answer);
        }
        if (!early)
        {
            Reporter.Later(entry);
        }
        if (fault != Fault.None)
        {
            // After its reports are under way: some of these answers have no end.
            await Answer.SpoilAsync(http, fault, wire.ContentType, answer, wire.Error(500), Weather.Garbage);
        }
    }
}
