using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Ums.Notifier.Providers.Smpp;

/// <summary>Keeps us bound to the message centre: it connects, asks now and then whether anybody is there, and comes back with growing pauses.</summary>
internal sealed partial class SmppLink(SmppOptions options, ReceiptSink sink, TimeProvider clock, ILogger<SmppLink> log) : BackgroundService
{
    private const byte Version = 0x34;

    /// <summary>ESME_RX_T_APPN: not now, bring it again.</summary>
    private const uint NotNow = 0x64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private volatile SmppSession? session;

    /// <summary>Null while there is none.</summary>
    public SmppSession? Session => session;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (session is { } bound)
        {
            session = null;
            try
            {
                await bound.AskAsync(Command.Unbind, [], CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(2), clock, cancellationToken);
            }
            catch (Exception e) when (e is TimeoutException or ConnectionLostException or OperationCanceledException)
            {
                // It goes without a farewell.
            }
        }
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await HoldAsync(() => failures = 0, stoppingToken);
                Unbound(log);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Lost(log, e.GetType().Name, e is RefusedException refused ? refused.Status : 0);
            }
            failures++;
            await Task.Delay(Pause(failures), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal static TimeSpan Pause(int failures)
    {
        var pause = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(failures - 1, 10)));
        return pause < LongestPause ? pause : LongestPause;
    }

    private async Task HoldAsync(Action bound, CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await using var current = new SmppSession(await ConnectAsync(stoppingToken), options.Window, DeliverAsync);
        var listening = current.ListenAsync(ending.Token);
        try
        {
            var answer = await current.AskAsync(Command.BindTransceiver, Bind(), stoppingToken).WaitAsync(Patience, clock, stoppingToken);
            if (answer is not { Command: Command.BindTransceiverAnswer, Status: 0 })
            {
                throw new RefusedException(answer.Status);
            }
            bound();
            session = current;
            await await Task.WhenAny(listening, WatchAsync(current, ending.Token));
        }
        finally
        {
            session = null;
            await ending.CancelAsync();
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Stream> ConnectAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, patience.Token);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (!options.Tls)
            {
                return stream;
            }
            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = options.Host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, patience.Token);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Ends when the message centre does not answer any more.</summary>
    private async Task WatchAsync(SmppSession current, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Enquiry, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await current.AskAsync(Command.EnquireLink, [], cancellationToken).WaitAsync(Patience, clock, cancellationToken);
        }
    }

    private byte[] Bind() => new PduBody().Text(options.SystemId).Text(options.Password).Text(options.SystemType).Octets(Version, 0, 0).Text("").ToBytes();

    /// <returns>The status to answer with.</returns>
    private async Task<uint> DeliverAsync(Pdu pdu)
    {
        if (DeliverSm.Read(pdu.Body, options.ReceiptId) is not var (reference, receipt))
        {
            // What people write back, or a state that says nothing: taken, and dropped.
            return 0;
        }
        try
        {
            await sink(SmppProvider.ProviderName, reference, receipt, CancellationToken.None);
            return 0;
        }
        catch (Exception e)
        {
            NotTaken(log, e.GetType().Name);
            return NotNow;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The message centre is lost: {Reason}, status {Status}; the next try follows")]
    private static partial void Lost(ILogger logger, string reason, uint status);

    [LoggerMessage(2, LogLevel.Information, "The message centre has unbound; we come back")]
    private static partial void Unbound(ILogger logger);

    [LoggerMessage(3, LogLevel.Debug, "A receipt could not be applied and will be brought again: {Reason}")]
    private static partial void NotTaken(ILogger logger, string reason);

    private sealed class RefusedException(uint status) : Exception("The bind was refused.")
    {
        public uint Status => status;
    }
}
