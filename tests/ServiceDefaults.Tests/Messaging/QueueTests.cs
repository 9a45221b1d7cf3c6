using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using Ums.Messages.Events;
using Ums.Testing;

namespace Ums.ServiceDefaults.Tests.Messaging;

public sealed class QueueTests : IAsyncLifetime
{
    private readonly Servers servers = new();
    private IConnection connection = null!;
    private IChannel channel = null!;

    public async Task InitializeAsync()
    {
        await servers.InitializeAsync();
        connection = await new ConnectionFactory { Uri = servers.Broker }.CreateConnectionAsync();
        channel = await connection.CreateChannelAsync();
    }

    public async Task DisposeAsync()
    {
        await connection.DisposeAsync();
        await servers.DisposeAsync();
    }

    [Fact]
    public async Task exchanges_of_what_a_service_publishes_stand_before_it_publishes()
    {
        await using var contacts = await TestService.StartAsync("contacts", servers.Database, servers.Broker);
        await channel.ExchangeDeclarePassiveAsync("Ums.Messages.Events:AddressAdded");
        await channel.ExchangeDeclarePassiveAsync("Ums.Messages.Events:RegisterImported");
    }

    [Fact]
    public async Task messages_that_the_broker_refuses_hold_up_no_others()
    {
        await using var contacts = await TestService.StartAsync("contacts", servers.Database, servers.Broker);
        // A full queue that takes no more: each message to it is refused, and MassTransit tries until it is told to stop.
        await channel.QueueDeclareAsync("full", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" });
        await channel.QueueBindAsync("full", "Ums.Messages.Events:ContactChanged", "");
        for (var i = 0; i < 40; i++)
        {
            await contacts.PublishAsync(Sample.ContactChanged());
        }
        for (var i = 0; i < 100; i++)
        {
            await contacts.PublishAsync(new ContactRemoved(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, DateTimeOffset.UtcNow));
        }

        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox where type like '%ContactRemoved'") == 0, TimeSpan.FromSeconds(30));
        Assert.Equal(40, await servers.QueryAsync<long>("select count(*) from outbox where type like '%ContactChanged'"));
        await channel.QueueDeleteAsync("full");
        await Eventually.TrueAsync(async () => await servers.QueryAsync<long>("select count(*) from outbox") == 0, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task what_always_fails_ends_in_the_error_queue_and_shows_in_health()
    {
        await using var geocoding = await TestService.StartAsync("geocoding", servers.Database, servers.Broker,
            bus => bus.AddConsumer<FailingConsumer>(), settings: new() { ["Bus:WatchInterval"] = "00:00:00.5" });
        await using var contacts = await TestService.StartAsync("contacts", servers.Database, servers.Broker);

        await contacts.PublishAsync(Sample.AddressAdded());

        await Eventually.TrueAsync(async () =>
            (await geocoding.Client.GetStringAsync(new Uri("/health", UriKind.Relative))).Contains("1 in geocoding-failing_error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_message_that_kills_its_consumer_again_and_again_is_put_aside_by_the_broker()
    {
        await using (await StartGeocodingAsync())
        {
        }
        await channel.BasicPublishAsync("Ums.Messages.Events:AddressAdded", "", Encoding.UTF8.GetBytes("{}"));
        // Each time taken and given back unanswered, as by a process that dies.
        for (var i = 0; i < 12; i++)
        {
            var delivery = await channel.BasicGetAsync("geocoding-store-note", autoAck: false);
            if (delivery is not null)
            {
                await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true);
            }
        }
        await Eventually.TrueAsync(async () => await channel.MessageCountAsync("geocoding-store-note_dead") == 1);
        Assert.Equal(0u, await channel.MessageCountAsync("geocoding-store-note"));
    }

    [Fact]
    public async Task consumers_that_stay_detached_end_the_process()
    {
        await using var geocoding = await StartGeocodingAsync(new() { ["Bus:WatchInterval"] = "00:00:00.2", ["Bus:DetachedLimit"] = "00:00:01" });
        var ended = geocoding.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        Assert.False(ended.IsCancellationRequested);

        await geocoding.Bus.StopAsync();

        await Eventually.TrueAsync(() => ended.IsCancellationRequested);
        Assert.Equal(70, Environment.ExitCode);
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task the_envelope_on_the_wire_is_the_pinned_one_and_tells_nothing_of_the_machine()
    {
        await using var contacts = await TestService.StartAsync("contacts", servers.Database, servers.Broker);
        await channel.QueueDeclareAsync("look", exclusive: false);
        await channel.QueueBindAsync("look", "Ums.Messages.Events:AddressAdded", "");
        var message = new AddressAdded(Guid.Parse("0193a000-0000-7000-8000-000000000001"), Guid.Parse("0193a000-0000-7000-8000-000000000002"),
            Guid.Parse("0193a000-0000-7000-8000-000000000003"), "se:0180:1", "0180", Main: true, 4, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var id = await contacts.PublishAsync(message);

        var delivery = await Eventually.GetAsync(() => channel.BasicGetAsync("look", autoAck: true));
        using var envelope = JsonDocument.Parse(delivery.Body);
        Assert.Equal("application/vnd.masstransit+json", delivery.BasicProperties.ContentType);
        Assert.Equal(id.ToString(), envelope.RootElement.GetProperty("messageId").GetString());
        Assert.False(envelope.RootElement.TryGetProperty("host", out var host) && host.ValueKind != JsonValueKind.Null);
        Assert.DoesNotContain(Environment.MachineName, Encoding.UTF8.GetString(delivery.Body.Span), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("""
            {
              "messageType": ["urn:message:ums:address-added"],
              "message": {
                "contactId": "0193a000-0000-7000-8000-000000000001",
                "organisationId": "0193a000-0000-7000-8000-000000000002",
                "contactAddressId": "0193a000-0000-7000-8000-000000000003",
                "addressId": "se:0180:1",
                "municipalityCode": "0180",
                "main": true,
                "version": 4,
                "occurredAt": "2026-01-02T03:04:05+00:00"
              }
            }
            """.Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""),
            JsonSerializer.Serialize(new { messageType = envelope.RootElement.GetProperty("messageType"), message = envelope.RootElement.GetProperty("message") })
                .Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    private Task<TestService> StartGeocodingAsync(Dictionary<string, string?>? settings = null) => TestService.StartAsync("geocoding", servers.Database, servers.Broker,
        bus => bus.AddConsumer<StoreNoteConsumer>(), services => services.AddSingleton(new Ledger()), settings);
}
