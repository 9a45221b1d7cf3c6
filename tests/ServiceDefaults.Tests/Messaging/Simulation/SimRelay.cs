using Microsoft.Extensions.Logging.Abstractions;
using Ums.ServiceDefaults.Messaging;
using Ums.Testing.Simulation;

namespace Ums.ServiceDefaults.Tests.Messaging.Simulation;

/// <summary>A replica of a service as far as its outbox goes: the real relay, courier and signal, with a life, a clock and connections of its own.</summary>
internal sealed class SimRelay
{
    private readonly SimWorld world;
    private readonly OutboxSignal signal;
    private readonly Action start;
    private readonly Action stop;
    private Task? running;

    public SimRelay(SimWorld world, OutboxScene scene, SimOutbox outbox, SimRoads roads)
    {
        this.world = world;
        Life = SimLife.WithContext(world);
        var options = OutboxScene.Options(new SimClock(world, Life));
        signal = new OutboxSignal(options);
        var relay = new OutboxRelay(
            new SimOutboxConnection(world, scene, outbox, Life), new OutboxCourier(new SimWayOut(roads, Life), options), signal, options, NullLogger<OutboxRelay>.Instance);
        var stopping = new CancellationTokenSource();
        start = () => running = relay.RunAsync(stopping.Token);
        stop = stopping.Cancel;
    }

    public SimLife Life { get; }

    /// <summary>It has been away for a while without knowing.</summary>
    public bool HasSlept { get; set; }

    public bool IsAlive => Life is { IsDead: false, IsPaused: false };

    /// <summary>A fault of its own, where it has come to an end by one.</summary>
    public Exception? Fault => running?.Exception;

    public bool HasEnded => running is { IsCompleted: true };

    public void Start() => world.Post(Life, start);

    /// <summary>As a deployment does it.</summary>
    public void Stop() => world.Post(Life, stop);

    public void Wake(OutboxLane lane) => world.Post(Life, () => signal.Wake(lane));
}
