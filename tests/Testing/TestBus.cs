using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Ums.Local.Servers;
using Ums.Messages;

namespace Ums.Testing;

/// <summary>The other end of the bus: sees every message of <c>Ums.Messages</c> that the service publishes, and publishes in others' stead.</summary>
public sealed class TestBus : IAsyncDisposable
{
    private const string Captures = "test-captures";

    private readonly ConcurrentQueue<CapturedMessage> captured = new();
    private readonly IConnection connection;
    private readonly IChannel channel;

    private TestBus(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    /// <summary>All messages so far, in their order.</summary>
    public IReadOnlyCollection<CapturedMessage> Captured => captured;

    /// <summary>For a test that needs more than this: queues to look into, bindings to refuse.</summary>
    public IChannel Channel => channel;

    /// <summary>The messages of one type that satisfy the condition, so far, as they came: a relay publishes at least once, so one may come twice.</summary>
    public IReadOnlyList<T> Published<T>(Func<T, bool>? where = null) where T : class => [.. Of(where).Select(pair => pair.Message)];

    /// <summary>The ids of the same, as they came. What a receiver with an inbox makes of them is one for each different id.</summary>
    public IReadOnlyList<Guid> MessageIds<T>(Func<T, bool>? where = null) where T : class => [.. Of(where).Select(pair => pair.Captured.MessageId ?? Guid.Empty)];

    /// <summary>Waits for a message of one type that satisfies the condition.</summary>
    public Task<T> PublishedAsync<T>(Func<T, bool>? where = null, TimeSpan? patience = null) where T : class =>
        Eventually.GetAsync(() => Task.FromResult(Published(where) is [var first, ..] ? first : null), patience, $"a {typeof(T).Name} was published");

    /// <summary>Publishes as MassTransit would. The same <paramref name="messageId"/> again is the same message delivered twice.</summary>
    public async Task<Guid> PublishAsync<T>(T message, Guid? messageId = null) where T : class
    {
        var id = messageId ?? Guid.CreateVersion7();
        var envelope = JsonSerializer.SerializeToUtf8Bytes(new
        {
            messageId = id,
            messageType = new[] { MessageUrn.ForTypeString<T>() },
            message,
            sentTime = DateTimeOffset.UtcNow,
        }, JsonSerializerOptions.Web);
        await PublishRawAsync<T>(envelope, id);
        return id;
    }

    /// <summary>Publishes any bytes where a message is expected.</summary>
    public async Task PublishRawAsync<T>(ReadOnlyMemory<byte> body, Guid? messageId = null) where T : class
    {
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = messageId?.ToString(), Persistent = true };
        await channel.BasicPublishAsync(BrokerPermissions.ExchangeOf(typeof(T)), "", mandatory: false, properties, body);
    }

    /// <summary>How many messages lie ready in a queue; null where there is none of that name.</summary>
    public async Task<uint?> CountAsync(string queue)
    {
        await using var own = await connection.CreateChannelAsync(); // a refused question closes its channel
        try
        {
            return await own.MessageCountAsync(queue);
        }
        catch (OperationInterruptedException)
        {
            return null;
        }
    }

    private IEnumerable<(CapturedMessage Captured, T Message)> Of<T>(Func<T, bool>? where) where T : class => captured
        .Where(message => message.Exchange == BrokerPermissions.ExchangeOf(typeof(T)))
        .Select(message => (message, Message: message.As<T>()))
        .Where(pair => where?.Invoke(pair.Message) ?? true);

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    internal static async Task<TestBus> ConnectAsync(Uri address)
    {
        var connection = await new ConnectionFactory { Uri = address, ClientProvidedName = "tests" }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var bus = new TestBus(connection, channel);
        await bus.CaptureAsync();
        return bus;
    }

    // The exchanges are declared exactly as MassTransit does it, so that it does not matter who comes first.
    private async Task CaptureAsync()
    {
        await channel.QueueDeclareAsync(Captures, durable: false, exclusive: true, autoDelete: true);
        foreach (var type in typeof(ContractAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ContractAttribute), inherit: false)))
        {
            var exchange = BrokerPermissions.ExchangeOf(type);
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(Captures, exchange, "");
        }
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            captured.Enqueue(CapturedMessage.Of(delivery));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Captures, autoAck: true, consumer);
    }
}

/// <param name="Exchange">Names its type.</param>
/// <param name="Body">The whole envelope as it went over the wire.</param>
/// <param name="Headers">The transport's headers as text.</param>
public sealed record CapturedMessage(string Exchange, Guid? MessageId, string Body, string Headers)
{
    public T As<T>()
    {
        using var envelope = JsonDocument.Parse(Body);
        return envelope.RootElement.GetProperty("message").Deserialize<T>(JsonSerializerOptions.Web)!;
    }

    internal static CapturedMessage Of(BasicDeliverEventArgs delivery)
    {
        var headers = delivery.BasicProperties.Headers?.Select(header => $"{header.Key}={Text(header.Value)}") ?? [];
        return new CapturedMessage(
            delivery.Exchange,
            Guid.TryParse(delivery.BasicProperties.MessageId, out var id) ? id : null,
            Encoding.UTF8.GetString(delivery.Body.Span),
            string.Join(", ", headers));
    }

    private static string Text(object? value) =>
        value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
