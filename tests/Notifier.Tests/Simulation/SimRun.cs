using Ums.Notifier.Dispatch;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation;

/// <summary>One run of one alert from its first claim to the last receipt.</summary>
/// <param name="crashes">How often, at most, a process dies at a moment that the seed chooses.</param>
/// <param name="crashAt">A step at which the process whose step it is dies.</param>
internal sealed class SimRun(int seed, int crashes, int? crashAt = null)
{
    private const int MostSteps = 100_000;

    private readonly List<SimProcess> processes = [];
    private int struck;
    private bool slept;

    /// <returns>How many steps it took.</returns>
    /// <exception cref="InvalidOperationException">An invariant did not hold.</exception>
    public int Go()
    {
        Invariant.Broken = null;
        var world = new SimWorld(seed);
        var scene = new SimScene(world);
        var database = new SimDatabase(world, scene);
        var ledger = new SimLedger(world, scene, database) { Bring = outcome => BringAsync(world, outcome) };
        database.Begin();
        database.ClaimMade = (claim, deadline) => Sweep(world, database, claim, deadline);
        world.BeforeStep = (life, step) =>
        {
            if (step == crashAt || (struck < crashes && world.Chance(0.02)))
            {
                struck++;
                Strike(world, life, Start);
            }
        };
        for (var i = 1 + world.Random.Next(2); i > 0; i--)
        {
            Start();
        }
        if (scene.CancelAfter is { } after)
        {
            world.In(after, () =>
            {
                database.Cancel();
                processes.ForEach(process => world.In(world.UpTo(0.2), () => world.Post(process.Life, process.Stop)));
            });
        }
        world.At(scene.ExpiresAt, () => Expire(world, database));
        world.Run(MostSteps);
        Invariants.AtTheEnd(scene, database, ledger, slept);
        return Invariant.Broken is null ? world.Steps : throw new InvalidOperationException($"Seed {seed}, crashes {crashes}, crash at {crashAt}: {Invariant.Broken.Message}", Invariant.Broken);

        void Start()
        {
            var process = new SimProcess(world, scene, database, ledger);
            processes.Add(process);
            process.Start(1 + world.Random.Next(2));
        }
    }

    private IEnumerable<SimProcess> Alive => processes.Where(process => process.Life is { IsDead: false, IsPaused: false });

    /// <summary>A death, mostly; or a sleep that is longer than a lease, or not.</summary>
    private void Strike(SimWorld world, SimLife life, Action start)
    {
        if (crashAt is null && world.Chance(0.3))
        {
            (life.IsPaused, slept) = (true, true);
            world.In(world.UpTo(60), () => life.IsPaused = false);
        }
        else
        {
            life.IsDead = true;
            world.In(world.UpTo(40), start);
        }
    }

    /// <summary>Somebody who is alive sweeps within five seconds of the deadline; where the sweep fails, or its process dies over it, the next does.</summary>
    private void Sweep(SimWorld world, SimDatabase database, Guid claim, DateTimeOffset deadline) => world.At(deadline + world.UpTo(5) + TimeSpan.FromMilliseconds(1), () =>
    {
        if (database.HasExpired(claim))
        {
            var alive = Alive.ToList();
            if (alive.Count > 0)
            {
                _ = alive[world.Random.Next(alive.Count)].SweepAsync();
            }
            Sweep(world, database, claim, world.Now);
        }
    });

    /// <summary>False where the process that took it did not answer within five seconds, or nobody is there.</summary>
    private Task<bool> BringAsync(SimWorld world, Outcome outcome)
    {
        var answer = new TaskCompletionSource<bool>();
        var alive = Alive.ToList();
        if (alive.Count > 0)
        {
            _ = AnswerAsync(alive[world.Random.Next(alive.Count)]);
        }
        world.In(TimeSpan.FromSeconds(5), () => answer.TrySetResult(false));
        return answer.Task;

        async Task AnswerAsync(SimProcess process) => answer.TrySetResult(await process.RecordAsync(outcome));
    }

    private static void Expire(SimWorld world, SimDatabase database)
    {
        if (!database.Expire())
        {
            world.In(TimeSpan.FromSeconds(10), () => Expire(world, database));
        }
    }
}
