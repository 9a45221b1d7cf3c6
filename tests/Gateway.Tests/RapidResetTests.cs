using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using Xunit;
using Xunit.Abstractions;

namespace Ums.Gateway.Tests;

/// <summary>HTTP/2's rapid reset: work that is ordered and called off in one breath, which a count of open streams does not see.</summary>
public sealed class RapidResetTests(WireFixture gateway, ITestOutputHelper output) : IClassFixture<WireFixture>
{
    [Fact]
    public async Task while_streams_are_reset_as_soon_as_they_are_opened_the_others_are_served()
    {
        using var visitor = gateway.NewVisitor();
        var calm = await Visits.MakeAsync(visitor, TimeSpan.FromSeconds(1));
        using var end = new CancellationTokenSource();
        var bouts = new ConcurrentBag<Bout>();
        var since = Stopwatch.GetTimestamp();
        // Threads of their own: the server is in this process, and must not wait for its attackers to make way.
        var attackers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            while (!end.IsCancellationRequested)
            {
                bouts.Add(Reset(end.Token));
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToList();

        var meanwhile = await Visits.MakeAsync(visitor, TimeSpan.FromSeconds(4));
        await end.CancelAsync();
        await Task.WhenAll(attackers);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {bouts.Sum(bout => bout.Resets) / Stopwatch.GetElapsedTime(since).TotalSeconds:0} resets a second over {bouts.Count} connections, {bouts.Count(bout => bout.EnhanceYourCalm)} of them thrown out.
            Others waited {Visits.Share(meanwhile, 0.5).TotalMilliseconds:0} ms, p99 {Visits.Share(meanwhile, 0.99).TotalMilliseconds:0}; before it {Visits.Share(calm, 0.5).TotalMilliseconds:0} and {Visits.Share(calm, 0.99).TotalMilliseconds:0}.
            """));
        Assert.True(bouts.Sum(bout => bout.Resets) >= 200, "That was no attack.");
        Visits.AssertLittleSlower(calm, meanwhile);
    }

    /// <summary>HEADERS and RST_STREAM as fast as the server reads them, which it shows by answering a PING, until it closes.</summary>
    private Bout Reset(CancellationToken end)
    {
        const int burst = 50;
        var resets = 0;
        try
        {
            using var stream = gateway.ConnectWithHttp2Async().GetAwaiter().GetResult();
            stream.Write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
            stream.Write(Frame(type: 4, flags: 0, stream: 0, []));
            while (!end.IsCancellationRequested)
            {
                var bytes = new List<byte>();
                for (var i = 0; i < burst; i++, resets++)
                {
                    bytes.AddRange(Frame(type: 1, flags: 5, 2 * resets + 1, Request));
                    bytes.AddRange(Frame(type: 3, flags: 0, 2 * resets + 1, [0, 0, 0, 8]));
                }
                bytes.AddRange(Frame(type: 6, flags: 0, stream: 0, new byte[8]));
                stream.Write(bytes.ToArray());
                if (ThrownOut(stream))
                {
                    return new Bout(resets, EnhanceYourCalm: true);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The connection is gone.
        }
        return new Bout(resets, EnhanceYourCalm: false);
    }

    /// <summary>Reads up to the answer to a PING, or to a goodbye.</summary>
    private static bool ThrownOut(SslStream stream)
    {
        Span<byte> frame = new byte[16 * 1024 + 9];
        while (true)
        {
            stream.ReadExactly(frame[..9]);
            var (length, type, flags) = ((frame[0] << 16) | (frame[1] << 8) | frame[2], frame[3], frame[4]);
            stream.ReadExactly(frame[..length]);
            if (type == 7 && frame[7] == 0xb)
            {
                return true;
            }
            if (type == 6 && flags == 1)
            {
                return false;
            }
        }
    }

    private sealed record Bout(int Resets, bool EnhanceYourCalm);

    // GET https /, by the indexes of HPACK's static table; the authority as a literal.
    private static readonly byte[] Request = [0x82, 0x87, 0x84, 0x01, 9, .. "localhost"u8];

    private static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload) =>
        [0, 0, (byte)payload.Length, type, flags, (byte)(stream >> 24), (byte)(stream >> 16), (byte)(stream >> 8), (byte)stream, .. payload];
}
