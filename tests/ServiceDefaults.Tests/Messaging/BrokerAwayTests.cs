using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Messaging;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests.Messaging;

public sealed class BrokerAwayTests : IAsyncLifetime
{
    private readonly Servers servers = new();
    private readonly Road road = new();
    private Line line = null!;
    private Uri broker = null!;

    public async Task InitializeAsync()
    {
        await servers.InitializeAsync();
        line = Line.To(servers.Broker, out broker);
    }

    public async Task DisposeAsync()
    {
        await line.DisposeAsync();
        await servers.DisposeAsync();
    }

    [Fact]
    public async Task a_service_starts_and_serves_without_a_broker_and_its_health_says_so()
    {
        line.Cut();
        await using var contacts = await TestService.StartAsync("contacts", servers.Database, broker,
            routes: app => app.MapGet("/hello", () => "hello").AllowAnonymous(), waitForBus: false);

        Assert.Equal("hello", await contacts.Client.GetStringAsync(new Uri("/hello", UriKind.Relative)));
        await contacts.PublishAsync(Sample.ContactChanged());
        var health = await contacts.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.True(health.IsSuccessStatusCode);
        Assert.Equal("Degraded", JsonDocument.Parse(await health.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString());

        line.Mend();
        await OutboxIsEmptyAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task an_urgent_message_takes_the_road_within_two_seconds(bool held)
    {
        await using var identity = await StartIdentityAsync();
        await identity.PublishAsync(Sample.ContactChanged());
        await OutboxIsEmptyAsync();
        if (held)
        {
            line.Hold();
        }
        else
        {
            line.Cut();
        }
        // Ordinary messages wait for the broker; they must not stand in the way.
        for (var i = 0; i < 300; i++)
        {
            await identity.PublishAsync(Sample.ContactChanged());
        }

        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var id = await identity.PublishAsync(Sample.PinRequested());
            await Eventually.TrueAsync(() => road.Taken.ContainsKey(id));
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task what_took_the_road_still_reaches_the_bus_under_the_same_id()
    {
        var seen = new ConcurrentQueue<Guid>();
        await using var notifier = await TestService.StartAsync("notifier", servers.Database, servers.Broker,
            bus => bus.AddConsumer<SeePinConsumer>(), services => services.AddSingleton(seen));
        await using var identity = await StartIdentityAsync(own: true);
        line.Cut();
        var id = await identity.PublishAsync(Sample.PinRequested());
        await Eventually.TrueAsync(() => road.Taken.ContainsKey(id));
        Assert.Empty(seen);

        line.Mend();

        await Eventually.TrueAsync(() => seen.Contains(id), TimeSpan.FromSeconds(60));
        Assert.Equal(1, road.Taken[id]);
    }

    [Fact]
    public async Task where_the_road_is_closed_too_the_message_waits_for_either()
    {
        await using var identity = await StartIdentityAsync();
        line.Cut();
        road.Closed = true;
        var id = await identity.PublishAsync(Sample.PinRequested());
        await Eventually.TrueAsync(async () => await servers.QueryAsync<int>("select max(attempts) from outbox") > 1);
        road.Closed = false;
        await Eventually.TrueAsync(() => road.Taken.ContainsKey(id), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task nothing_is_lost_while_the_line_breaks_again_and_again()
    {
        var ledger = new Ledger();
        await using var geocoding = await TestService.StartAsync("geocoding", servers.Database, servers.Broker,
            bus => bus.AddConsumer<StoreNoteConsumer>(), services => services.AddSingleton(ledger));
        await using var contacts = await StartContactsAsync();
        var breaking = Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Delay(300, CancellationToken.None);
                line.Cut();
                await Task.Delay(300, CancellationToken.None);
                line.Mend();
            }
        });
        for (var i = 0; i < 300; i++)
        {
            await contacts.PublishAsync(Sample.AddressAdded("line"));
        }
        await breaking;
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from notes") == 300, TimeSpan.FromSeconds(90));
        await OutboxIsEmptyAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task the_process_ends_promptly_although_the_broker_is_gone(bool held)
    {
        var contacts = await TestService.StartAsync("geocoding", servers.Database, broker,
            bus => bus.AddConsumer<StoreNoteConsumer>(), services => services.AddSingleton(new Ledger()));
        if (held)
        {
            line.Hold();
        }
        else
        {
            line.Cut();
        }
        await contacts.PublishAsync(Sample.ContactChanged());
        var started = Stopwatch.GetTimestamp();
        await contacts.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private Task<TestService> StartContactsAsync() => TestService.StartAsync("contacts", servers.Database, broker);

    private Task<TestService> StartIdentityAsync(bool own = false) => TestService.StartAsync(
        "identity", own ? servers.DatabaseOf("other") : servers.Database, broker, services: services => services.AddSingleton<IUrgentRoad>(road));

    private Task OutboxIsEmptyAsync() =>
        Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox") == 0, TimeSpan.FromSeconds(60));

    private sealed class Road : IUrgentRoad
    {
        public ConcurrentDictionary<Guid, int> Taken { get; } = new();

        public bool Closed { get; set; }

        public Task HandOverAsync(Guid messageId, string type, string payload, CancellationToken cancellationToken)
        {
            if (Closed)
            {
                throw new HttpRequestException("The receiver is away too.");
            }
            Taken.AddOrUpdate(messageId, 1, (_, times) => times + 1);
            return Task.CompletedTask;
        }
    }

    internal sealed class SeePinConsumer(ConcurrentQueue<Guid> seen) : IConsumer<PinRequested>
    {
        public Task Consume(ConsumeContext<PinRequested> context)
        {
            seen.Enqueue(context.MessageId!.Value);
            return Task.CompletedTask;
        }
    }
}
