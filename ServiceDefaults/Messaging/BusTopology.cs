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
    /// A consumer's queue: replicated, bounded in deliveries, with <c>_dead</c> declared beside it, for without a dead-letter queue the broker throws away what reaches
    /// the delivery limit. It cannot be MassTransit's own <c>_error</c>: that is declared with this queue's arguments at the first failure, and the broker refuses
    /// a second declaration that differs (seen: the failed message went round and round).
    /// </summary>
    public static void Queue(string name, IReceiveEndpointConfigurator endpoint, BusOptions options)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue(options.QueueReplicas);
            rabbit.SetQueueArgument("x-delivery-limit", options.DeliveryLimit);
            rabbit.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
            rabbit.SetQueueArgument("x-overflow", "reject-publish");
            rabbit.BindDeadLetterQueue(name + "_dead", name + "_dead", queue => queue.SetQuorumQueue(options.QueueReplicas));
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
    }
}
