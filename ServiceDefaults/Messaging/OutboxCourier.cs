using System.Diagnostics;
using System.Text.Json;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>Takes one claimed message to the broker, and an urgent one past the broker where that does not answer in time.</summary>
internal sealed class OutboxCourier(IOutboxRoads roads, OutboxOptions options)
{
    // What the last urgent publish met. While the broker is away there is no sense in letting each resident wait half a second to find out again.
    private volatile bool brokerAway;

    public async Task<OutboxOutcome> CarryAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        using var activity = MessagingTelemetry.Source.StartActivity("outbox relay", ActivityKind.Internal, row.TraceParent);
        activity?.SetTag("messaging.message.id", row.MessageId);
        object message;
        try
        {
            message = JsonSerializer.Deserialize(row.Payload, MessageContract.TypeOf(row.Type), JsonSerializerOptions.Web)!;
        }
        catch (Exception e)
        {
            return new OutboxOutcome.Unreadable(row, e.GetType().Name);
        }
        return row.Urgent
            ? await CarryUrgentAsync(row, message, cancellationToken)
            : await PublishAsync(row, message, options.PublishTimeout, cancellationToken);
    }

    private async Task<OutboxOutcome> CarryUrgentAsync(OutboxRow row, object message, CancellationToken cancellationToken)
    {
        if (brokerAway)
        {
            // Both at once: the receiver has it at once, and the publish finds out whether the broker is back.
            var road = HandOverAsync(row, cancellationToken);
            var published = await PublishUrgentAsync(row, message, cancellationToken);
            var handedOver = await road;
            return published is OutboxOutcome.Confirmed ? published : handedOver ?? published;
        }
        var first = await PublishUrgentAsync(row, message, cancellationToken);
        return first is OutboxOutcome.Confirmed ? first : await HandOverAsync(row, cancellationToken) ?? first;
    }

    private async Task<OutboxOutcome> PublishUrgentAsync(OutboxRow row, object message, CancellationToken cancellationToken)
    {
        var outcome = await PublishAsync(row, message, options.UrgentTimeout, cancellationToken);
        brokerAway = outcome is not OutboxOutcome.Confirmed;
        return outcome;
    }

    /// <summary>Waits for the broker's confirm.</summary>
    private async Task<OutboxOutcome> PublishAsync(OutboxRow row, object message, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(atMost, options.Clock);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            // The token alone does not end a publish on a connection that is held (measured), so the wait has an end of its own. What is left behind may
            // still arrive; it has the same message id.
            await roads.PublishAsync(row, message, timeout.Token).WaitAsync(timeout.Token);
            return new OutboxOutcome.Confirmed(row);
        }
        catch (Exception e)
        {
            // Whatever one message fails of must not hold up its neighbours. A cancellation is a failure too: nobody knows whether the broker has it.
            return new OutboxOutcome.Failed(row, e is OperationCanceledException ? "NotConfirmed" : e.GetType().Name);
        }
    }

    /// <summary>The urgent road. The receiver's inbox knows the message id, so it matters not whether the broker also delivers.</summary>
    /// <returns>Null where there is no road, or it is closed too.</returns>
    private async Task<OutboxOutcome?> HandOverAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.HandOverTimeout, options.Clock);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await roads.HandOverAsync(row, timeout.Token) ? new OutboxOutcome.HandedOver(row) : null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
