namespace Ums.Testing.Simulation;

/// <summary>
/// One thread, one seed, and a clock of its own. Whatever may happen next, in whichever process, lies here as a step; the seed chooses. When nothing may, time
/// moves on to the next timer. The same seed is the same run.
/// </summary>
public sealed class SimWorld(int seed)
{
    private readonly List<Step> runnable = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> timers = new();
    private long order;

    private readonly record struct Step(SimLife? Life, Action Run);

    public Random Random { get; } = new(seed);

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 7, 12, 0, 0, TimeSpan.Zero);

    public int Steps { get; private set; }

    /// <summary>Called before each step of a process, with its number: the place to let the process die.</summary>
    public Action<SimLife, int>? BeforeStep { get; set; }

    /// <summary>Runs simulations away from the test framework's own scheduling, so that what is awaited goes on where and when they say.</summary>
    public static Task AsideAsync(Action simulations) => Task.Factory.StartNew(simulations, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan UpTo(double seconds) => TimeSpan.FromSeconds(Random.NextDouble() * seconds);

    /// <param name="life">Whose step it is: none of a dead process is taken, and those of a paused one wait.</param>
    public void Post(SimLife? life, Action run) => runnable.Add(new Step(life, run));

    /// <summary>An await at which anything else may happen first, or the process may die.</summary>
    public Task StepAsync(SimLife life)
    {
        var step = new TaskCompletionSource();
        Post(life, () => step.TrySetResult());
        return step.Task;
    }

    /// <summary>The same after a while.</summary>
    public Task PauseAsync(SimLife life, TimeSpan pause)
    {
        var over = new TaskCompletionSource();
        In(pause, () => Post(life, () => over.TrySetResult()));
        return over.Task;
    }

    /// <summary>None is like another, and the same seed has the same.</summary>
    public Guid NewId()
    {
        var bytes = new byte[16];
        Random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>What nobody answers; it ends with who waits for it.</summary>
    public static async Task<T> NeverAsync<T>(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<T>();
        // Not given back asynchronously: that goes to the thread pool where it is the token's own callback that ends the wait.
        using var given = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        return await never.Task;
    }

    public void At(DateTimeOffset at, Action run) => timers.Enqueue(run, (at, order++));

    public void In(TimeSpan pause, Action run) => At(Now + pause, run);

    public void Run(int mostSteps)
    {
        while (Steps < mostSteps)
        {
            if (Take() is { } step)
            {
                Steps++;
                if (step.Life is not null)
                {
                    BeforeStep?.Invoke(step.Life, Steps);
                }
                if (step.Life is not { IsDead: true })
                {
                    SynchronizationContext.SetSynchronizationContext(step.Life?.Context);
                    step.Run();
                    SynchronizationContext.SetSynchronizationContext(null);
                }
            }
            else if (timers.TryDequeue(out var timer, out var due))
            {
                Now = due.At > Now ? due.At : Now;
                timer();
            }
            else
            {
                return;
            }
        }
        throw new InvalidOperationException($"Seed {seed} has not come to an end after {mostSteps} steps.");
    }

    private Step? Take()
    {
        runnable.RemoveAll(step => step.Life is { IsDead: true });
        var ready = runnable.Count(step => step.Life is not { IsPaused: true });
        if (ready == 0)
        {
            return null;
        }
        var chosen = Random.Next(ready);
        for (var i = 0; ; i++)
        {
            if (runnable[i].Life is not { IsPaused: true } && chosen-- == 0)
            {
                var step = runnable[i];
                runnable.RemoveAt(i);
                return step;
            }
        }
    }
}
