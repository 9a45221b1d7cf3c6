using MassTransit;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>What a service declares at the broker, before it publishes or consumes anything.</summary>
internal static class BusTopology
{
    /// <summary>The exchanges of everything the service publishes, so that others may bind to them although nothing was published yet.</summary>
    public static void Publish(string service, IRabbitMqBusFactoryConfigurator rabbit)
    {
        rabbit.DeployPublishTopology = true;
        foreach (var message in MessageContract.PublishedBy(service))
        {
            rabbit.Publish(message, _ => { });
        }
    }

    /// <summary>
    /// A consumer's queue: replicated, bounded in deliveries, with <c>_error</c> declared beside it. Without a dead-letter queue the broker would throw away what
    /// reaches the delivery limit; without one declared ahead it would find none.
    /// </summary>
    public static void Queue(string name, IReceiveEndpointConfigurator endpoint, BusOptions options)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            var error = name + "_error";
            Arguments(rabbit);
            rabbit.BindDeadLetterQueue(error, error, queue =>
            {
                // MassTransit declares the queue too, with all arguments of the first one, when it moves the first message there; others would be refused.
                Arguments(queue);
                queue.SetQueueArgument("x-dead-letter-exchange", error);
            });
            rabbit.PrefetchCount = options.Prefetch;
            rabbit.ConcurrentMessageLimit = options.Prefetch;
        }
        // A database that is away is no fault of the message: wait for it, some six minutes in all (the broker takes a delivery back after thirty).
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(DatabaseFaults.ArePassing);
            retry.Exponential(30, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(0.5));
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(fault => !DatabaseFaults.ArePassing(fault));
            retry.Intervals(100, 500, 2000);
        });

        void Arguments(IRabbitMqQueueConfigurator queue)
        {
            queue.SetQuorumQueue(options.QueueReplicas);
            queue.SetQueueArgument("x-delivery-limit", options.DeliveryLimit);
            queue.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
            queue.SetQueueArgument("x-overflow", "reject-publish");
        }
    }
}
