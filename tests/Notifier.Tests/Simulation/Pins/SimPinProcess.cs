using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Messages.Events;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation.Pins;

/// <summary>A replica of the service as far as PINs go: the real way from the request to the provider, with a life, a clock and a connection of its own.</summary>
internal sealed class SimPinProcess
{
    private readonly SimWorld world;
    private readonly SimMessagesConnection connection;
    private readonly SendPin sendPin;

    public SimPinProcess(SimWorld world, PinScene scene, SimMessages tables, SimPinLedger ledger)
    {
        this.world = world;
        var clock = new SimClock(world, Life);
        connection = new SimMessagesConnection(world, scene, tables, Life);
        var options = new ProviderOptions { Use = { "first", "second" }, BreakerThroughput = 10_000 };
        var providers = new ProviderSet(
            [new SimPinProvider("first", world, scene, ledger, Life), new SimPinProvider("second", world, scene, ledger, Life)],
            Options.Create(options), new HostingEnvironment { EnvironmentName = Environments.Production }, clock, NullLogger<GuardedProvider>.Instance);
        var routes = new ProviderRoutes(providers, Options.Create(new RoutingOptions()), Options.Create(options), clock);
        sendPin = new SendPin(
            connection, new HandOver(connection, providers, routes, PinScene.Addresses, clock), routes, PinScene.Personal, PinScene.Seal, PinScene.Portal, clock, NullLogger<SendPin>.Instance);
    }

    public SimLife Life { get; } = new();

    public bool IsAlive => Life is { IsDead: false, IsPaused: false };

    /// <param name="handled">Called where it came to an end; not where the process died over it or the database failed.</param>
    public void Handle(Guid busMessageId, PinRequested request, Action handled) => Start(async () =>
    {
        await sendPin.HandleAsync(busMessageId, request, CancellationToken.None);
        handled();
    });

    public void Sweep() => Start(() => connection.SweepAsync(CancellationToken.None));

    public void Record(Guid attemptId, DeliveryState state, Action recorded) => Start(async () =>
    {
        await connection.RecordAsync(attemptId, state);
        recorded();
    });

    private void Start(Func<Task> work) => world.Post(Life, () => _ = TryAsync(work));

    private static async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is NpgsqlException or RetryLimitExceededException)
        {
            // Whoever brought it brings it again.
        }
        catch (Exception e)
        {
            Invariant.Broken ??= e;
        }
    }
}
