namespace Ums.Testing.Simulation;

/// <summary>A process as far as death and sleep go.</summary>
public sealed class SimLife
{
    public bool IsDead { get; set; }

    /// <summary>As by SIGSTOP: it notices nothing of it.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Where the process goes on after an await; null where nothing that it awaits goes on in the thread pool of itself.</summary>
    public SynchronizationContext? Context { get; init; }

    /// <summary>One whose semaphores and channels are the world's steps too.</summary>
    public static SimLife WithContext(SimWorld world)
    {
        var context = new SimContext(world);
        return context.Life = new SimLife { Context = context };
    }

    private sealed class SimContext(SimWorld world) : SynchronizationContext
    {
        public SimLife? Life { get; set; }

        public override void Post(SendOrPostCallback d, object? state) => world.Post(Life, () => d(state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }
}
