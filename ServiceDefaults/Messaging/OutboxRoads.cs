using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>Publishes on the bus, and hands over by the service's <see cref="IUrgentRoad"/> where it has one.</summary>
internal sealed class OutboxRoads(IServiceScopeFactory scopes) : IOutboxRoads
{
    /// <summary>A message that one of our services must consume is mandatory: the broker returns it where no queue is bound.</summary>
    public async Task PublishAsync(OutboxRow row, object message, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IBus>().Publish(message, message.GetType(), Pipe.Execute<PublishContext>(context =>
        {
            context.MessageId = row.MessageId;
            if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            {
                rabbit.Mandatory = MessageContract.Of(message.GetType()).Mandatory;
            }
        }), cancellationToken);
    }

    public async Task<bool> HandOverAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IUrgentRoad>() is not { } road)
        {
            return false;
        }
        await road.HandOverAsync(row.MessageId, row.Type, row.Payload, cancellationToken);
        return true;
    }
}
