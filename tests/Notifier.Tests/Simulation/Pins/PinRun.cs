using Ums.Notifier.Messages;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation.Pins;

/// <summary>One run of a few PINs from their requests to the last receipt.</summary>
/// <param name="strikes">How often, at most, a process dies or sleeps at a moment that the seed chooses.</param>
/// <param name="crashAt">A step at which the process whose step it is dies.</param>
internal sealed class PinRun(int seed, int strikes, int? crashAt = null)
{
    private const int MostSteps = 100_000;
    private const int MostTries = 12;

    private readonly SimWorld world = new(seed);
    private readonly List<SimPinProcess> processes = [];
    private PinScene scene = null!;
    private SimMessages tables = null!;
    private SimPinLedger ledger = null!;
    private int struck;

    /// <returns>How many steps it took.</returns>
    /// <exception cref="InvalidOperationException">An invariant did not hold.</exception>
    public int Go()
    {
        Invariant.Broken = null;
        scene = new PinScene(world);
        tables = new SimMessages(world) { Begun = attempt => world.At(attempt.Deadline + world.UpTo(5) + TimeSpan.FromMilliseconds(1), () => Sweep(attempt)) };
        ledger = new SimPinLedger(world, scene, tables) { Bring = (attempt, state) => Record(attempt, state, 1) };
        world.BeforeStep = (life, step) =>
        {
            if (step == crashAt || (struck < strikes && world.Chance(0.04)))
            {
                struck++;
                Strike(life);
            }
        };
        Start();
        Start();
        foreach (var pin in scene.Pins)
        {
            // By the bus and by the urgent road, at once or one after the other.
            for (var i = pin.BusMessages.Count - 1 + world.Random.Next(3); i >= 0; i--)
            {
                var message = pin.BusMessages[i % pin.BusMessages.Count];
                world.In(world.UpTo(world.Chance(0.5) ? 0 : 15), () => Bring(pin, message, 1));
            }
        }
        world.Run(MostSteps);
        AtTheEnd();
        return Invariant.Broken is null ? world.Steps
            : throw new InvalidOperationException($"Seed {seed}, strikes {strikes}, crash at {crashAt}: {Invariant.Broken.Message}", Invariant.Broken);
    }

    private void Start() => processes.Add(new SimPinProcess(world, scene, tables, ledger));

    /// <summary>A death, mostly; or a sleep that is longer than an attempt's deadline, or not.</summary>
    private void Strike(SimLife life)
    {
        if (crashAt is null && world.Chance(0.4))
        {
            life.IsPaused = true;
            world.In(world.UpTo(60), () => life.IsPaused = false);
        }
        else
        {
            life.IsDead = true;
            world.In(world.UpTo(40), Start);
        }
    }

    /// <summary>Brings a request until somebody says that it is handled, and impatiently: who works on it may have it a second time.</summary>
    private void Bring(SimPin pin, Guid busMessage, int tries)
    {
        var handled = false;
        Alive()?.Handle(busMessage, pin.Request, () => handled = true);
        world.In(TimeSpan.FromSeconds(5) + world.UpTo(10), () =>
        {
            if (!handled && tries < MostTries)
            {
                Bring(pin, busMessage, tries + 1);
            }
        });
    }

    private void Record(Guid attempt, DeliveryState state, int tries)
    {
        var recorded = false;
        Alive()?.Record(attempt, state, () => recorded = true);
        world.In(TimeSpan.FromSeconds(5), () =>
        {
            if (!recorded && tries < MostTries)
            {
                Record(attempt, state, tries + 1);
            }
        });
    }

    private void Sweep(SimAttempt attempt)
    {
        if (attempt.State == DeliveryState.Sending)
        {
            Alive()?.Sweep();
            world.In(TimeSpan.FromSeconds(5), () => Sweep(attempt));
        }
    }

    private SimPinProcess? Alive()
    {
        var alive = processes.Where(process => process.IsAlive).ToList();
        return alive.Count == 0 ? null : alive[world.Random.Next(alive.Count)];
    }

    private void AtTheEnd()
    {
        foreach (var pin in scene.Pins)
        {
            var messages = tables.Messages.Where(message => message.Row.SourceId == pin.Request.DeliveryId).ToList();
            Invariant.Hold(messages.Count == 1, $"A request has {messages.Count} messages.");
            foreach (var message in messages)
            {
                var (state, sent) = (message.State, ledger.Has(message));
                Invariant.Hold(state is not (DeliveryState.Sending or DeliveryState.NotSent), $"A message is left {state}.");
                Invariant.Hold(sent || state is not (DeliveryState.Accepted or DeliveryState.Delivered), $"A message is called {state} that no provider knows of.");
                Invariant.Hold(!sent || state != DeliveryState.Expired, "A message is called expired that went out.");
                Invariant.Hold(!sent || state != DeliveryState.Failed || ledger.ToldFailed(message), "A message is called failed that went out.");
                Invariant.Hold(sent || !scene.IsCalm || struck > 0 || pin.Request.ExpiresAt < message.Row.CreatedAt.AddSeconds(1), "A PIN did not go out, though everything worked.");
            }
        }
        Invariant.Hold(tables.Attempts.All(attempt => attempt.State != DeliveryState.Sending), "An attempt is left as it was.");
    }
}
