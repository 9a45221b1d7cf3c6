namespace Ums.Notifier.Tests.Simulation;

/// <summary>
/// One thread, one seed, and a clock of its own. Whatever may happen next, in whichever process, lies here as a step; the seed chooses. When nothing may, time
/// moves on to the next timer. The same seed is the same run.
/// </summary>
internal sealed class SimWorld(int seed)
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
                    step.Run();
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

/// <summary>A process as far as death and sleep go.</summary>
internal sealed class SimLife
{
    public bool IsDead { get; set; }

    /// <summary>As by SIGSTOP: it notices nothing of it.</summary>
    public bool IsPaused { get; set; }
}

/// <summary>The clock of one process: its timers die and sleep with it.</summary>
internal sealed class SimClock(SimWorld world, SimLife life) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.Now;

    public override long GetTimestamp() => world.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(world, life, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimWorld world, SimLife life, Action callback) : ITimer
    {
        private int setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var mine = ++setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                world.In(dueTime, () => world.Post(life, () => Fire(mine, period)));
            }
            return true;
        }

        public void Dispose() => setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int mine, TimeSpan period)
        {
            if (mine == setting)
            {
                callback();
                if (mine == setting && period != Timeout.InfiniteTimeSpan && period > TimeSpan.Zero)
                {
                    Change(period, period);
                }
            }
        }
    }
}
