using Ums.ServiceDefaults.Messaging;
using Ums.Testing.Simulation;

namespace Ums.ServiceDefaults.Tests.Messaging.Simulation;

/// <summary>
/// The broker and the receiver past it, whoever calls. What they have taken, and said that they have, stands here. They take and do not confirm, confirm late,
/// refuse, return, are away, and take what nobody waits for any more.
/// </summary>
internal sealed class SimRoads(SimWorld world, OutboxScene scene)
{
    private readonly HashSet<Guid> confirmed = [];
    private readonly Dictionary<Guid, DateTimeOffset> queued = [];
    private readonly Dictionary<Guid, DateTimeOffset> received = [];

    public bool HasConfirmed(Guid messageId) => confirmed.Contains(messageId);

    public bool HasQueued(Guid messageId) => queued.ContainsKey(messageId);

    public bool HasReceived(Guid messageId) => received.ContainsKey(messageId);

    /// <summary>When the receiver could first have had it, by whichever road.</summary>
    public DateTimeOffset? ReachedAt(Guid messageId) =>
        new[] { queued, received }.Where(road => road.ContainsKey(messageId)).Select(road => (DateTimeOffset?)road[messageId]).Min();

    public async Task PublishAsync(SimLife life, OutboxRow row, CancellationToken cancellationToken)
    {
        // On the wire; the relay may die, and the message arrives all the same or does not.
        await world.StepAsync(life);
        // Some clients go on waiting on a connection that is held, whatever they are told.
        var patience = world.Chance(0.5) ? cancellationToken : CancellationToken.None;
        if (world.Now >= scene.BrokerGoneAt && world.Now < scene.BrokerBackAt)
        {
            if (world.Chance(0.3))
            {
                throw new IOException("There is no connection.");
            }
            if (world.Chance(0.3))
            {
                world.At(scene.BrokerBackAt + world.UpTo(5), () => Take(row));
            }
            await SimWorld.NeverAsync<bool>(patience);
        }
        if (row.Type == typeof(Ums.Messages.Events.AddressAdded).FullName && world.Now < scene.BoundAt)
        {
            throw new InvalidOperationException("The message was returned.");
        }
        if (IsFaulty(scene.BrokerFaults))
        {
            await FailAsync(life, row, patience);
        }
        Take(row);
        confirmed.Add(row.MessageId);
        await world.StepAsync(life);
    }

    public async Task<bool> HandOverAsync(SimLife life, OutboxRow row, CancellationToken cancellationToken)
    {
        if (!scene.HasRoad)
        {
            return false;
        }
        await world.StepAsync(life);
        if (IsFaulty(scene.RoadFaults))
        {
            if (world.Chance(0.3))
            {
                throw new HttpRequestException("Nobody listens.");
            }
            if (world.Chance(0.5))
            {
                received.TryAdd(row.MessageId, world.Now);
            }
            await SimWorld.NeverAsync<bool>(cancellationToken);
        }
        received.TryAdd(row.MessageId, world.Now);
        await world.StepAsync(life);
        return true;
    }

    private async Task FailAsync(SimLife life, OutboxRow row, CancellationToken patience)
    {
        switch (world.Random.Next(6))
        {
            case 0:
                throw new InvalidOperationException("The broker refused it.");
            case 1:
                Take(row);
                throw new IOException("The connection was reset.");
            case 2:
                Take(row);
                await SimWorld.NeverAsync<bool>(patience);
                break;
            case 3:
                await SimWorld.NeverAsync<bool>(patience);
                break;
            case 4:
                world.In(world.UpTo(10), () => Take(row));
                await SimWorld.NeverAsync<bool>(patience);
                break;
            default:
                // Confirmed in the end, in time or not.
                await world.PauseAsync(life, world.UpTo(10));
                break;
        }
    }

    private void Take(OutboxRow row) => queued.TryAdd(row.MessageId, world.Now);

    private bool IsFaulty(double share) => world.Now < scene.FaultsEnd && world.Chance(share);
}

/// <summary>The roads from one relay.</summary>
internal sealed class SimWayOut(SimRoads roads, SimLife life) : IOutboxRoads
{
    public Task PublishAsync(OutboxRow row, object message, CancellationToken cancellationToken) => roads.PublishAsync(life, row, cancellationToken);

    public Task<bool> HandOverAsync(OutboxRow row, CancellationToken cancellationToken) => roads.HandOverAsync(life, row, cancellationToken);
}
