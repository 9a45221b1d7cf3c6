namespace Ums.Testing.Simulation;

/// <summary>The clock of one process: its timers die and sleep with it.</summary>
public sealed class SimClock(SimWorld world, SimLife life) : TimeProvider
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
                world.In(dueTime, () =>
                {
                    if (mine == setting)
                    {
                        world.Post(life, () => Fire(mine, period));
                    }
                });
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
