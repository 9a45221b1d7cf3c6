using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Ums.AppHost;
using Ums.Local.Servers;
using Ums.Messages;
using Ums.Messages.Events;
using Ums.Testing;
using Xunit;

namespace Ums.Local.Tests.Servers;

/// <summary>A service's own credentials open its own part of the broker and no other.</summary>
public sealed class BrokerPermissionsTests(BrokerPermissionsTests.Broker broker) : IClassFixture<BrokerPermissionsTests.Broker>
{
    private const int AccessRefused = 403;

    [Fact]
    public async Task foreign_queues_and_messages_are_refused_and_there_is_no_guest()
    {
        foreach (var service in Topology.OnTheBus)
        {
            foreach (var other in Topology.OnTheBus.Where(other => other != service))
            {
                await RefusedAsync(service, $"{service} reads {other}'s queue", channel => channel.BasicGetAsync($"{other}-inbox", autoAck: true));
                await RefusedAsync(service, $"{service} makes a queue of {other}'s", channel => channel.QueueDeclareAsync($"{other}-mine", durable: true, exclusive: false, autoDelete: false));
                await RefusedAsync(service, $"{service} empties {other}'s queue", channel => channel.QueuePurgeAsync($"{other}-inbox"));
            }
            foreach (var message in Messages.Where(message => Contract(message).From != service))
                await RefusedAsync(service, $"{service} forges {message.Name}", channel => PublishAsync(channel, message));
            foreach (var message in Messages.Where(message => !Contract(message).To.Contains(service)))
                await RefusedAsync(service, $"{service} listens to {message.Name}", channel => channel.QueueBindAsync($"{service}-inbox", BrokerPermissions.ExchangeOf(message), ""));
        }
        await Assert.ThrowsAsync<BrokerUnreachableException>(() =>
            new ConnectionFactory { Uri = new UriBuilder(broker.Address) { UserName = "guest", Password = "guest" }.Uri }.CreateConnectionAsync());
    }

    [Fact]
    public async Task what_a_service_publishes_reaches_the_service_that_must_consume_it()
    {
        await using var geocoding = await broker.ChannelAsync("geocoding");
        await geocoding.QueueBindAsync("geocoding-inbox", BrokerPermissions.ExchangeOf(typeof(AddressAdded)), "");
        await using var contacts = await broker.ChannelAsync("contacts");

        await PublishAsync(contacts, typeof(AddressAdded));

        Assert.NotNull(await geocoding.BasicGetAsync("geocoding-inbox", autoAck: true));
    }

    private static IReadOnlyList<Type> Messages =>
        [.. typeof(ContractAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ContractAttribute), inherit: false))];

    private static ContractAttribute Contract(Type message) => (ContractAttribute)message.GetCustomAttributes(typeof(ContractAttribute), inherit: false).Single();

    private static async Task PublishAsync(IChannel channel, Type message) =>
        await channel.BasicPublishAsync(BrokerPermissions.ExchangeOf(message), "", mandatory: false, new BasicProperties(), ReadOnlyMemory<byte>.Empty);

    // A refusal closes its channel, so each try has one of its own.
    private async Task RefusedAsync(string user, string what, Func<IChannel, Task> attempt)
    {
        await using var channel = await broker.ChannelAsync(user);
        var refusal = await Record.ExceptionAsync(() => attempt(channel));
        Assert.True(refusal is OperationInterruptedException { ShutdownReason.ReplyCode: AccessRefused } or AlreadyClosedException { ShutdownReason.ReplyCode: AccessRefused },
            $"{what}: {refusal?.Message ?? "allowed"}");
    }

    /// <summary>A broker with a queue of each service and the exchange of each message.</summary>
    public sealed class Broker : IAsyncLifetime
    {
        private readonly PrivateBroker broker = new();
        private readonly Dictionary<string, IConnection> connections = [];

        public Uri Address => broker.Address();

        public async Task InitializeAsync()
        {
            await broker.StartAsync();
            await using var administrator = await ChannelAsync(BrokerUsers.Administrator);
            foreach (var service in Topology.OnTheBus)
                await administrator.QueueDeclareAsync($"{service}-inbox", durable: true, exclusive: false, autoDelete: false);
            foreach (var message in Messages)
                await administrator.ExchangeDeclareAsync(BrokerPermissions.ExchangeOf(message), ExchangeType.Fanout, durable: true);
        }

        public async Task DisposeAsync()
        {
            foreach (var connection in connections.Values)
                await connection.DisposeAsync();
            await broker.DisposeAsync();
        }

        public async Task<IChannel> ChannelAsync(string user)
        {
            if (!connections.TryGetValue(user, out var connection))
                connection = connections[user] = await new ConnectionFactory { Uri = broker.Address(user) }.CreateConnectionAsync();
            return await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        }
    }
}
