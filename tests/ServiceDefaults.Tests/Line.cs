using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ums.ServiceDefaults.Tests;

/// <summary>A line to a server that a test can cut (connections break, new ones are refused) or hold (nothing passes, nothing breaks), and mend.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly IPEndPoint server;
    private readonly ConcurrentDictionary<TcpClient, byte> clients = new();
    private readonly CancellationTokenSource end = new();
    private volatile TaskCompletionSource passing = Done();
    private TcpListener listener;
    private Task accepting;

    private Line(string host, int port)
    {
        server = new IPEndPoint(host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host), port);
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(listener);
    }

    public int Port { get; }

    /// <summary>The server's address by way of this line.</summary>
    public static Line To(Uri address, out Uri through)
    {
        var line = new Line(address.Host, address.Port);
        through = new UriBuilder(address) { Host = "127.0.0.1", Port = line.Port }.Uri;
        return line;
    }

    /// <inheritdoc cref="To(Uri, out Uri)"/>
    public static Line To(string database, out string through)
    {
        var address = new Npgsql.NpgsqlConnectionStringBuilder(database);
        var line = new Line(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", line.Port);
        through = address.ConnectionString;
        return line;
    }

    public void Cut()
    {
        listener.Stop();
        foreach (var client in clients.Keys)
        {
            client.Client?.Close(0);
        }
    }

    public void Hold() => passing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        passing.TrySetResult();
        if (accepting.IsCompleted)
        {
            listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            accepting = AcceptAsync(listener);
        }
    }

    public async ValueTask DisposeAsync()
    {
        passing.TrySetResult();
        await end.CancelAsync();
        Cut();
        await accepting;
        end.Dispose();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task AcceptAsync(TcpListener on)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await on.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        try
        {
            clients[near] = clients[far] = 0;
            await far.ConnectAsync(server);
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
        }
        finally
        {
            clients.TryRemove(near, out _);
            clients.TryRemove(far, out _);
            near.Dispose();
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16384];
        while (await from.GetStream().ReadAsync(buffer, end.Token) is var read and > 0)
        {
            await passing.Task;
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), end.Token);
        }
    }
}
