namespace Ums.ServiceDefaults.Messaging;

/// <summary>How a service uses RabbitMQ; section <c>Bus</c> of the configuration.</summary>
internal sealed class BusOptions
{
    /// <summary>On how many nodes of the broker's cluster each queue lies. Queues keep what they were declared with; change it on an empty broker only.</summary>
    public int QueueReplicas { get; set; } = 1;

    /// <summary>Messages a queue hands out before the first is acknowledged, and handled at once.</summary>
    public int Prefetch { get; set; } = 32;

    /// <summary>After so many deliveries without an answer (a process that dies of the message) the broker moves it to <c>_dead</c>.</summary>
    public int DeliveryLimit { get; set; } = 10;

    /// <summary>How often queues are looked at.</summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long consumers may stay detached from a broker that answers before the process ends, to be started again.</summary>
    public TimeSpan DetachedLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a stopping service waits for the bus, which waits for ever where the broker is away.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(8);
}
