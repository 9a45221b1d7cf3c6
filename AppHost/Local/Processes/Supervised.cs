using System.Diagnostics;

namespace Ums.Local.Processes;

internal enum State
{
    Waiting,
    Starting,
    Running,
    Unhealthy,
    Restarting,
    Stopping,
    Stopped,
}

/// <summary>
/// Keeps one child running: starts it, waits until it answers, starts it again with growing pauses when it dies, and stops it when told to.
/// </summary>
internal sealed class Supervised(string name, string address, Func<Task<Command>> command, Func<CancellationToken, Task<bool>> isReady) : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // After running this long a crash counts as the first again.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan HealthPoll = TimeSpan.FromSeconds(5);

    private CancellationTokenSource stopping = new();
    private CancellationToken impatience;
    private TaskCompletionSource ready = New();
    private Task loop = Task.CompletedTask;
    private Child? child;

    public string Name => name;

    public string Address => address;

    public State State { get; private set; } = State.Waiting;

    /// <summary>Its process id while it runs.</summary>
    public int? Process => child is { Exit.IsCompleted: false } ? child.Id : null;

    public int Restarts { get; private set; }

    /// <summary>How many times in a row it died before it ever answered.</summary>
    public int FailedStarts { get; private set; }

    /// <summary>Completes once it has answered; begins anew with each restart.</summary>
    public Task Ready => ready.Task;

    public Action<string> Output { get; init; } = _ => { };

    /// <summary>Told of each change of state, with a reason where there is one to tell.</summary>
    public Action<Supervised, string?> Changed { get; init; } = (_, _) => { };

    /// <summary>Begins to keep it running; await <see cref="Ready"/> for its answer.</summary>
    public void Start()
    {
        if (!loop.IsCompleted)
            return;
        stopping.Dispose();
        stopping = new CancellationTokenSource();
        loop = Task.Run(() => KeepRunningAsync(stopping.Token));
    }

    /// <param name="patience">Once cancelled, it is killed instead of asked.</param>
    public async Task StopAsync(CancellationToken patience = default)
    {
        impatience = patience;
        await stopping.CancelAsync();
        await loop;
    }

    /// <summary>As a crash would; it is then restarted.</summary>
    public void Kill() => child?.Kill();

    public void Send(Signal signal) => child?.Send(signal);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
        child?.Dispose();
    }

    private async Task KeepRunningAsync(CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            var since = Stopwatch.GetTimestamp();
            string reason;
            try
            {
                Change(State.Starting);
                child?.Dispose();
                child = await Child.StartAsync(await command(), Output);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
                var watch = WatchAsync(ended.Token);
                await Task.WhenAny(child.Exit, Task.Delay(Timeout.Infinite, stop));
                await ended.CancelAsync();
                await watch;
                if (stop.IsCancellationRequested)
                    break;
                child.Kill(); // what it may have left behind
                reason = $"ended with code {await child.Exit}";
            }
            catch (InvalidOperationException e)
            {
                reason = e.Message;
            }
            failures = Stopwatch.GetElapsedTime(since) > Settled ? 1 : failures + 1;
            FailedStarts = Ready.IsCompleted ? 0 : FailedStarts + 1;
            Restarts++;
            if (Ready.IsCompleted)
                ready = New();
            var pause = Pause(failures);
            Change(State.Restarting, $"{reason}; starting again in {pause.TotalSeconds:0.#} s");
            await Task.Delay(pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        Change(State.Stopping);
        if (child is not null)
            await child.StopAsync(impatience);
        ready = New();
        Change(State.Stopped);
    }

    private async Task WatchAsync(CancellationToken ended)
    {
        try
        {
            while (true)
            {
                var answers = await isReady(ended);
                if (answers && State != State.Running)
                {
                    FailedStarts = 0;
                    Change(State.Running);
                    ready.TrySetResult();
                }
                else if (!answers && State == State.Running)
                    Change(State.Unhealthy);
                await Task.Delay(State == State.Running ? HealthPoll : StartPoll, ended);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // It ended, or is to be stopped.
        }
    }

    /// <summary>0.5, 1, 2, 4 … 30 seconds.</summary>
    internal static TimeSpan Pause(int failures) => TimeSpan.FromSeconds(Math.Min(0.5 * Math.Pow(2, Math.Min(failures, 10) - 1), LongestPause.TotalSeconds));

    private void Change(State state, string? reason = null)
    {
        State = state;
        Changed(this, reason);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
