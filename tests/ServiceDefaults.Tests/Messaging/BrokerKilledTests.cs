using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Ums.ServiceDefaults.Messaging;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests.Messaging;

/// <summary>A real broker, killed and started again; the services work as its users, with the permissions that they have in the running system.</summary>
public sealed class BrokerKilledTests(Servers servers) : IClassFixture<Servers>
{
    [Fact]
    public async Task nothing_is_lost_and_nobody_waits_for_a_pin_when_the_broker_is_killed()
    {
        await using var broker = new PrivateBroker();
        await broker.StartAsync();
        var road = new Road();
        await using var geocoding = await TestService.StartAsync("geocoding", servers.Database, broker.Address("geocoding"),
            bus => bus.AddConsumer<StoreNoteConsumer>(), services => services.AddSingleton(new Ledger()));
        await using var contacts = await TestService.StartAsync("contacts", servers.DatabaseOf("contacts"), broker.Address("contacts"));
        await using var identity = await TestService.StartAsync("identity", servers.DatabaseOf("identity"), broker.Address("identity"),
            services: services => services.AddSingleton<IUrgentRoad>(road));
        await PublishAsync(contacts, 100);

        await broker.KillAsync();
        await PublishAsync(contacts, 100);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await identity.PublishAsync(Sample.PinRequested());
            await Eventually.TrueAsync(() => road.Taken > i);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }
        await broker.StartAsync();
        await PublishAsync(contacts, 100);

        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from notes") == 300, TimeSpan.FromSeconds(120));
        Assert.Equal(300, await servers.QueryAsync<long>("select count(distinct message_id) from inbox"));
    }

    [Fact]
    public async Task a_service_that_the_broker_refused_for_a_while_comes_back()
    {
        await using var broker = new PrivateBroker();
        await broker.StartAsync();
        await using var geocoding = await TestService.StartAsync("geocoding", servers.DatabaseOf("refused"), broker.Address("geocoding"),
            bus => bus.AddConsumer<StoreNoteConsumer>(), services => services.AddSingleton(new Ledger()));
        await broker.ForgetAsync("geocoding");
        await Eventually.TrueAsync(() => geocoding.Logs.Text.Contains("ACCESS_REFUSED", StringComparison.Ordinal));

        await broker.KillAsync();
        await broker.StartAsync();

        await Eventually.TrueAsync(() => geocoding.Bus.CheckHealth().Status == BusHealthStatus.Healthy);
    }

    private static async Task PublishAsync(TestService service, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await service.PublishAsync(Sample.AddressAdded("killed"));
        }
    }

    private sealed class Road : IUrgentRoad
    {
        private int taken;

        public int Taken => taken;

        public Task HandOverAsync(Guid messageId, string type, string payload, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref taken);
            return Task.CompletedTask;
        }
    }
}
