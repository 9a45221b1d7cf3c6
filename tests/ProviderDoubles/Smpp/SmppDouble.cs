using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ums.ProviderDoubles.Faults;
using Ums.ProviderDoubles.Http;
using Ums.ProviderDoubles.Ledger;
using Ums.ProviderDoubles.Receipts;

namespace Ums.ProviderDoubles.Smpp;

/// <summary>
/// A message centre that speaks SMPP 3.4 on one port and answers about itself over HTTP on another: ledger, faults and receipts as with the doubles over HTTP.
/// </summary>
public sealed class SmppDouble : IAsyncDisposable
{
    public const string SystemId = "ums";
    public const string Password = "canary";

    private readonly TcpListener listener;
    private readonly WebApplication control;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<SmppPeer, Task> peers = new();
    private readonly Task accepting;
    private long taken;

    private SmppDouble(DoubleOptions options)
    {
        Options = options;
        Ledger = new AcceptedMessages(options.LedgerFile);
        States = options.Receipts;
        listener = new TcpListener(IPAddress.Loopback, options.Port);
        listener.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.ControlPort));
        control = builder.Build();
        control.Run(http => Control.AnswerAsync(http, Ledger, Weather, () => new { taken = Interlocked.Read(ref taken) }));
        accepting = AcceptAsync();
    }

    public AcceptedMessages Ledger { get; }

    public Weather Weather { get; } = new();

    public DoubleOptions Options { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string ControlAddress => control.Urls.Single();

    /// <summary>What is reported of each message, in this order.</summary>
    public IReadOnlyList<string> States { get; set; }

    /// <summary>How an id and a state become a receipt's text; null for receipts that have only optional fields.</summary>
    public Func<string, string, string?> Wording { get; set; } = (id, word) =>
        $"id:{id} sub:001 dlvrd:001 submit date:2605041337 done date:2605041338 stat:{word} err:000 Text:";

    /// <summary>What it asked and was answered: binds, enquiries, and the statuses of receipts.</summary>
    public ConcurrentQueue<Unit> Heard { get; } = new();

    public int Bound => peers.Keys.Count(peer => peer.IsBound);

    /// <summary>The most requests that one client had waiting at once.</summary>
    public int MostAtOnce { get; internal set; }

    public Task Stopped => control.WaitForShutdownAsync();

    public static async Task<SmppDouble> StartAsync(DoubleOptions options)
    {
        var server = new SmppDouble(options);
        await server.control.StartAsync();
        return server;
    }

    public IReadOnlyList<LedgerEntry> SentTo(string phone) => [.. Ledger.Read().Where(entry => entry.To == phone)];

    /// <summary>Brings one receipt over any session.</summary>
    /// <returns>The status it was answered with.</returns>
    public Task<uint> ReportAsync(string id, string state) => Peer().ReportAsync(id, state);

    public Task UnbindAsync() => Peer().UnbindAsync();

    public void Cut() => Peer().Dispose();

    /// <summary>All that is to be reported of a message; what is not taken is brought again.</summary>
    internal async Task ReportAllAsync(LedgerEntry entry)
    {
        await Task.Delay(Options.ReceiptDelay, stopping.Token);
        foreach (var state in ReceiptPlan.Of(Weather.Plan, States, entry.N))
        {
            for (var attempt = 1; attempt <= 5 && await ReportAsync(entry.Id, state) != 0; attempt++)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), stopping.Token);
            }
            Interlocked.Increment(ref taken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        foreach (var peer in peers.Keys)
        {
            peer.Dispose();
        }
        await accepting;
        await Task.WhenAll(peers.Values);
        await control.DisposeAsync();
        Ledger.Dispose();
        stopping.Dispose();
    }

    private SmppPeer Peer() => peers.Keys.FirstOrDefault(peer => peer.IsBound) ?? throw new InvalidOperationException("Nobody is bound.");

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var peer = new SmppPeer(this, await listener.AcceptTcpClientAsync(stopping.Token));
                peers[peer] = peer.ServeAsync().ContinueWith(_ => peers.TryRemove(peer, out var _), TaskScheduler.Default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It goes down.
        }
    }
}
