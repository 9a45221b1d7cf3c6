using System.Collections.Concurrent;

namespace Ums.Notifier.Providers.Smpp;

/// <summary>
/// One bound connection. Requests await their answers side by side, as many as the window allows; when the connection ends, what awaits an answer fails, and with it
/// only what had left.
/// </summary>
internal sealed class SmppSession(Stream stream, int window, Func<Pdu, Task<uint>> deliver) : IAsyncDisposable
{
    private const uint Throttled = 0x58;

    /// <summary>Of the message centre's requests at once: more than any window.</summary>
    private const int MostDeliveries = 1000;

    private readonly ConcurrentDictionary<uint, TaskCompletionSource<Pdu>> awaited = new();
    private readonly SemaphoreSlim places = new(window);
    private readonly SemaphoreSlim writing = new(1);
    private readonly CancellationTokenSource ending = new();
    private uint sequence;
    private int deliveries;

    /// <summary>Anything at all that has come, by the clock of the machine.</summary>
    public long LastHeard { get; private set; } = Environment.TickCount64;

    /// <returns>The answer.</returns>
    /// <exception cref="ConnectionLostException">It says whether the request had left.</exception>
    public async Task<Pdu> AskAsync(Command command, byte[] body, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.Token);
        try
        {
            await places.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionLostException(hadLeft: false);
        }
        var request = new Pdu(command, 0, Interlocked.Increment(ref sequence) & 0x7FFFFFFF, body);
        var answer = new TaskCompletionSource<Pdu>(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited[request.Sequence] = answer;
        try
        {
            if (ending.IsCancellationRequested)
            {
                throw new ConnectionLostException(hadLeft: false);
            }
            await WriteAsync(request, cancellationToken);
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            awaited.TryRemove(request.Sequence, out _);
            places.Release();
        }
    }

    /// <summary>Takes what comes until the connection ends or the message centre unbinds.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var pdu = await Pdu.ReadAsync(stream, cancellationToken);
                LastHeard = Environment.TickCount64;
                if (pdu.Command == Command.Unbind)
                {
                    await WriteAsync(pdu.Answer(), cancellationToken);
                    return;
                }
                await TakeAsync(pdu, cancellationToken);
            }
        }
        finally
        {
            await ending.CancelAsync();
            foreach (var answer in awaited.Values)
            {
                answer.TrySetException(new ConnectionLostException(hadLeft: true));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await stream.DisposeAsync();
        ending.Dispose();
    }

    private Task TakeAsync(Pdu pdu, CancellationToken cancellationToken)
    {
        if (pdu.IsAnswer)
        {
            if (awaited.TryGetValue(pdu.Sequence, out var answer))
            {
                answer.TrySetResult(pdu);
            }
            return Task.CompletedTask;
        }
        switch (pdu.Command)
        {
            case Command.EnquireLink:
                return WriteAsync(pdu.Answer(), cancellationToken);
            case Command.DeliverSm when Interlocked.Increment(ref deliveries) <= MostDeliveries:
                // Beside the reading, or a slow database would hold up answers that senders wait for.
                _ = DeliverAsync(pdu, cancellationToken);
                return Task.CompletedTask;
            case Command.DeliverSm:
                Interlocked.Decrement(ref deliveries);
                return WriteAsync(pdu.Answer(Throttled, [0]), cancellationToken);
            default:
                return WriteAsync(new Pdu(Command.GenericNack, 3, pdu.Sequence, []), cancellationToken);
        }
    }

    private async Task DeliverAsync(Pdu pdu, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(pdu.Answer(await deliver(pdu), [0]), cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or ConnectionLostException)
        {
            // Without an answer it will be brought again.
        }
        finally
        {
            Interlocked.Decrement(ref deliveries);
        }
    }

    private async Task WriteAsync(Pdu pdu, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            // Not given up in its middle: half a unit would make nonsense of all that follow.
            await stream.WriteAsync(pdu.ToBytes(), ending.Token);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            throw new ConnectionLostException(hadLeft: true);
        }
        finally
        {
            writing.Release();
        }
    }
}

internal sealed class ConnectionLostException(bool hadLeft) : Exception("The connection was lost.")
{
    public bool HadLeft => hadLeft;
}
