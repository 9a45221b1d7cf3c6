using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation;

/// <summary>A replica of the service: the real round, the real sending and the real guards, with a life, a clock and a connection of its own.</summary>
internal sealed class SimProcess
{
    private readonly SimWorld world;
    private readonly SimDatabase database;
    private readonly SimConnection connection;
    private readonly StoppedAlerts stopped = new();
    private readonly DispatchRound round;
    private readonly LiveAlert alert;

    public SimProcess(SimWorld world, SimScene scene, SimDatabase database, SimLedger ledger)
    {
        (this.world, this.database) = (world, database);
        var clock = new SimClock(world, Life);
        connection = new SimConnection(world, scene, database, Life);
        var options = new ProviderOptions { Use = { "first", "second" }, BreakerThroughput = 10_000 };
        var providers = new ProviderSet(
            [new SimProvider("first", world, scene, ledger, Life), new SimProvider("second", world, scene, ledger, Life)],
            Options.Create(options), new HostingEnvironment { EnvironmentName = Environments.Production }, clock, NullLogger<GuardedProvider>.Instance);
        var send = new SendClaim(providers, new ReceiptAddresses(SimScene.Configuration), SimScene.Personal, stopped, Options.Create(new DispatchOptions()), clock);
        round = new DispatchRound(connection, send, new ProviderRoutes(providers, Options.Create(new RoutingOptions()), Options.Create(options), clock), clock);
        alert = new LiveAlert(
            SimScene.AlertId, SimScene.Organisation, scene.Options, new AlertSender("Piteå kommun", "Pitea", "+46846500400", "sv"), [new Phrase("Vattnet stängs av.")],
            [new Phrase("Vattnet stängs av.")], scene.ExpiresAt - world.Now, clock.GetTimestamp())
        {
            Waiting = new HashSet<Channel> { Channel.Sms, Channel.Voice }, Due = new HashSet<Channel> { Channel.Sms, Channel.Voice },
        };
    }

    public SimLife Life { get; } = new();

    public void Start(int dispatchers)
    {
        if (database.IsCancelled)
        {
            Stop();
        }
        for (var i = 0; i < dispatchers; i++)
        {
            _ = DispatchAsync(Channel.Sms, i);
            _ = DispatchAsync(Channel.Voice, dispatchers + i);
        }
    }

    /// <summary>What the process finds at its next look after somebody has cancelled the alert.</summary>
    public void Stop() => stopped.Set([SimScene.AlertId]);

    /// <returns>False where the database failed it.</returns>
    public Task<bool> RecordAsync(Outcome outcome) => TryAsync(() => connection.RecordAsync([outcome], 110, CancellationToken.None));

    /// <inheritdoc cref="RecordAsync"/>
    public Task<bool> SweepAsync() => TryAsync(() => connection.SweepAsync(100, CancellationToken.None));

    private static async Task<bool> TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
        catch (Exception e)
        {
            Invariant.Broken ??= e;
            return false;
        }
    }

    private async Task DispatchAsync(Channel channel, int shard)
    {
        while (!Life.IsDead)
        {
            try
            {
                var look = database.ParkAsync(Life);
                if (!await round.RunAsync(alert, channel, shard, CancellationToken.None))
                {
                    await look;
                }
            }
            catch (NpgsqlException)
            {
                await world.StepAsync(Life);
            }
            catch (Exception e)
            {
                Invariant.Broken ??= e;
                return;
            }
        }
    }
}

/// <summary>The database as one process reaches it: slowly, and now and then not at all, before a commit or after it.</summary>
internal sealed class SimConnection(SimWorld world, SimScene scene, SimDatabase database, SimLife life) : IDispatchStore
{
    public Task<Claim?> ClaimSliceAsync(Guid alertId, Channel channel, string provider, int shard, CancellationToken cancellationToken) => AskAsync(() => database.ClaimSlice(channel, provider));

    public Task<Claim?> ClaimDueAsync(Guid alertId, Channel channel, Func<string, string> provider, int shard, CancellationToken cancellationToken) =>
        AskAsync(() => database.ClaimDue(channel, provider));

    public Task<bool> SettleAsync(Claim claim, IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken) => AskAsync(() => database.Settle(claim.Id, outcomes));

    public Task<IReadOnlyCollection<Guid>> RecordAsync(IReadOnlyList<Outcome> outcomes, int shard, CancellationToken cancellationToken) => AskAsync<IReadOnlyCollection<Guid>>(() =>
    {
        database.Record(outcomes);
        return [];
    });

    public Task<int> SweepAsync(int shard, CancellationToken cancellationToken) => AskAsync(database.Sweep);

    private async Task<T> AskAsync<T>(Func<T> transaction)
    {
        await world.StepAsync(life);
        Fail();
        var result = transaction();
        // The commit stands, and whoever asked for it learns that later.
        await (world.Chance(scene.Slowness) ? world.PauseAsync(life, world.UpTo(12)) : world.StepAsync(life));
        Fail();
        return result;
    }

    private void Fail()
    {
        if (world.Chance(scene.DatabaseFaults))
        {
            throw new NpgsqlException("The connection was lost.", new IOException());
        }
    }
}
