using Ums.ServiceDefaults.Messaging;
using Ums.Testing.Simulation;

namespace Ums.ServiceDefaults.Tests.Messaging.Simulation;

/// <summary>One run of one outbox, from its first row until the last has left.</summary>
/// <param name="strikes">How often, at most, a relay dies, sleeps or is stopped at a moment that the seed chooses.</param>
/// <param name="crashAt">A step at which the relay whose step it is dies.</param>
internal sealed class OutboxRun(int seed, int strikes, int? crashAt = null)
{
    private const int MostSteps = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SimWorld world = new(seed);
    private readonly List<SimRelay> relays = [];
    private OutboxScene scene = null!;
    private SimRoads roads = null!;
    private SimOutbox outbox = null!;
    private DateTimeOffset deadline;
    private int struck;
    private bool over;

    /// <returns>How many steps it took.</returns>
    /// <exception cref="InvalidOperationException">An invariant did not hold.</exception>
    public int Go()
    {
        Invariant.Broken = null;
        scene = new OutboxScene(world);
        roads = new SimRoads(world, scene);
        outbox = new SimOutbox(world, roads) { Changed = LookWhetherOver };
        deadline = scene.FaultsEnd + Patience;
        world.BeforeStep = (life, step) =>
        {
            if (step == crashAt || (struck < strikes && world.Now < scene.FaultsEnd && world.Chance(0.02)))
            {
                struck++;
                Strike(relays.Single(relay => relay.Life == life));
            }
        };
        for (var i = 1 + world.Random.Next(2); i > 0; i--)
        {
            Start();
        }
        foreach (var letter in scene.Letters)
        {
            world.In(world.UpTo(world.Chance(0.5) ? 1 : 30), () => Publish(letter));
        }
        world.At(deadline, GiveUp);
        world.Run(MostSteps);
        AtTheEnd();
        return Invariant.Broken is null ? world.Steps
            : throw new InvalidOperationException($"Seed {seed}, strikes {strikes}, crash at {crashAt}: {Invariant.Broken.Message}", Invariant.Broken);
    }

    private void Start()
    {
        if (!over)
        {
            var relay = new SimRelay(world, scene, outbox, roads);
            relays.Add(relay);
            relay.Start();
        }
    }

    /// <summary>Whoever wrote it hears of it at once; the others hear the bell, or do not.</summary>
    private void Publish(OutboxLetter letter)
    {
        outbox.Insert(letter);
        foreach (var relay in relays.Where(_ => world.Chance(0.7)))
        {
            relay.Wake(letter.IsUrgent ? OutboxLane.Urgent : OutboxLane.Ordinary);
        }
    }

    private void Strike(SimRelay relay)
    {
        var kind = crashAt is null ? world.Random.Next(4) : 0;
        deadline = world.Now + Patience > deadline ? world.Now + Patience : deadline;
        if (kind == 3)
        {
            (relay.Life.IsPaused, relay.HasSlept) = (true, true);
            world.In(world.UpTo(40), () => relay.Life.IsPaused = false);
            return;
        }
        if (kind == 2)
        {
            Stop(relay);
        }
        else
        {
            relay.Life.IsDead = true;
        }
        world.In(world.UpTo(20), Start);
    }

    /// <summary>What is under way is given up within the time that settling may take.</summary>
    private void Stop(SimRelay relay)
    {
        relay.Stop();
        world.In(TimeSpan.FromSeconds(6), () => Invariant.Hold(relay.HasEnded || relay.Life.IsDead || relay.HasSlept, "A relay that was stopped goes on."));
    }

    private void LookWhetherOver()
    {
        if (!over && outbox.IsEmpty && outbox.Written.Count == scene.Letters.Count)
        {
            over = true;
            relays.ForEach(Stop);
        }
    }

    private void GiveUp()
    {
        if (world.Now < deadline)
        {
            world.At(deadline, GiveUp);
        }
        else if (!over)
        {
            Invariant.Hold(false, "A row is stuck, though everything works.");
            over = true;
            relays.ForEach(Stop);
        }
    }

    private void AtTheEnd()
    {
        foreach (var row in outbox.Written)
        {
            Invariant.Hold(row.Letter.IsReadable ? roads.HasQueued(row.MessageId) : outbox.IsBuried(row), "A message was lost.");
            Invariant.Hold(row.Letter.IsReadable || roads.ReachedAt(row.MessageId) is null, "Somebody was given what nobody can read.");
            if (row.Letter.IsUrgent && scene.RoadIsFree && struck == 0)
            {
                Invariant.Hold(roads.ReachedAt(row.MessageId) - row.CommittedAt < TimeSpan.FromSeconds(7), "Something urgent waited for the broker.");
            }
        }
        foreach (var relay in relays)
        {
            Invariant.Hold(relay.Fault is null, $"A relay came to its end by a {relay.Fault?.InnerException?.GetType().Name}.");
            Invariant.Hold(relay.HasEnded || relay.Life.IsDead, "A relay goes on for ever.");
        }
    }
}
