using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>What a single machine can do to the server without asking for much; everybody else must notice little of it.</summary>
public sealed class FloodTests(WireFixture gateway) : IClassFixture<WireFixture>
{
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);
    private const int ConnectionLimit = 2000;

    [Fact]
    public async Task who_sends_a_byte_now_and_then_is_cut_off()
    {
        using var visitor = gateway.NewVisitor();
        var calm = await Visits.MakeAsync(visitor, TimeSpan.FromSeconds(1));

        var headers = Enumerable.Range(0, 300).Select(_ => DripAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")).ToList();
        var bodies = Enumerable.Range(0, 50).Select(_ => DripAsync("POST /api/pins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")).ToList();
        var meanwhile = await Visits.MakeAsync(visitor, TimeSpan.FromSeconds(3));
        var lasted = await Task.WhenAll(headers.Concat(bodies));

        Assert.All(lasted, time => Assert.InRange(time, TimeSpan.FromSeconds(1), HeaderTimeout * 2));
        Visits.AssertLittleSlower(calm, meanwhile);
    }

    [Fact]
    public async Task connections_beyond_the_limit_are_closed_and_the_place_of_one_that_leaves_is_free()
    {
        // A slow machine may take so long that the first are given up before the last come; then it is done once more.
        await Testing.Eventually.TrueAsync(async () => await RefusedAsync(50) == 50);

        using var visitor = gateway.NewVisitor();
        await Testing.Eventually.PassesAsync(async () => Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/api/organisations/stockholm")).StatusCode));
    }

    /// <returns>How many of the last ones were closed.</returns>
    private async Task<int> RefusedAsync(int beyond)
    {
        var open = new List<NetworkStream>();
        try
        {
            for (var i = 0; i < ConnectionLimit + beyond; i++)
            {
                open.Add(await gateway.ConnectAsync());
            }
            var refused = 0;
            // The server takes them in the order of their coming, give or take the few that others hold.
            foreach (var late in open.TakeLast(beyond))
            {
                refused += await IsClosedAsync(late) ? 1 : 0;
            }
            return refused;
        }
        finally
        {
            foreach (var stream in open)
            {
                await stream.DisposeAsync();
            }
        }
    }

    [Theory]
    [InlineData("GET /api/captcha HTTP/1.1\r\nHost: localhost\r\n", "X-H{0}: 1\r\n", 120, "", "431")]
    [InlineData("GET /api/captcha HTTP/1.1\r\nHost: localhost\r\n", "X-H{0}: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 90, "", "431")]
    [InlineData("GET /", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{0}", 70, " HTTP/1.1\r\nHost: localhost\r\n", "414")]
    [InlineData("POST /k/stockholm HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\nContent-Type: application/x-www-form-urlencoded\r\n", "", 0, "", "413")]
    [InlineData("POST /api/pins HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\nContent-Type: application/json\r\n", "", 0, "", "413")]
    [InlineData("POST /webhooks/any/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 70000\r\nContent-Type: application/json\r\n", "", 0, "", "413")]
    public async Task what_is_too_much_is_refused_before_it_is_read(string start, string repeated, int times, string end, string status)
    {
        gateway.Town.Reset();
        var request = new StringBuilder(start);
        for (var i = 0; i < times; i++)
        {
            request.AppendFormat(CultureInfo.InvariantCulture, repeated, i);
        }
        request.Append(end).Append("Connection: close\r\n\r\n");

        var answer = await gateway.ExchangeAsync(request.ToString());

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.Empty(gateway.Town.Requests);
        Assert.True(!start.StartsWith("POST /k/", StringComparison.Ordinal) || answer!.Contains("Korta texten", StringComparison.Ordinal), answer);
    }

    [Fact]
    public async Task a_body_in_chunks_is_stopped_where_it_grows_too_large()
    {
        gateway.Town.Reset();
        var chunk = "1000\r\n" + new string('a', 0x1000) + "\r\n";
        var answer = await gateway.ExchangeAsync("POST /api/pins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            + string.Concat(Enumerable.Repeat(chunk, 30)) + "0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Empty(gateway.Town.Requests);
    }

    /// <summary>Sends a byte each second after the start.</summary>
    /// <returns>How long the server put up with it.</returns>
    private async Task<TimeSpan> DripAsync(string start)
    {
        await using var stream = await gateway.ConnectAsync();
        var since = Stopwatch.GetTimestamp();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start));
        var closed = IsClosedAsync(stream);
        try
        {
            while (await Task.WhenAny(closed, Task.Delay(1000)) != closed)
            {
                await stream.WriteAsync("a"u8.ToArray());
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Whether the server ends the connection within half a minute.</summary>
    private static async Task<bool> IsClosedAsync(NetworkStream stream)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, late.Token) > 0)
            {
            }
            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
