namespace Ums.ServiceDefaults.Messaging;

/// <summary>The two ways out of a service. <see cref="OutboxRoads"/> has the broker and the publishing service's own road; the simulation has those that lose, delay and lie.</summary>
internal interface IOutboxRoads
{
    /// <summary>Returns when the broker has confirmed; throws where it refuses, returns or does not confirm. May outlast the token.</summary>
    Task PublishAsync(OutboxRow row, object message, CancellationToken cancellationToken);

    /// <summary>Hands an urgent message to its receiver past the broker; throws where the receiver did not take it.</summary>
    /// <returns>False where the service has no such road.</returns>
    Task<bool> HandOverAsync(OutboxRow row, CancellationToken cancellationToken);
}
