using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// Carries outbox rows to the broker. Every replica runs one and none leads: rows are claimed under a lease, published outside any transaction, and deleted when
/// the broker has confirmed. What fails is tried again with growing pauses. Nothing is flagged as sent, nothing is given up because of its age.
/// </summary>
internal sealed partial class OutboxRelay(
    IOutboxStore store, OutboxCourier courier, OutboxSignal signal, OutboxOptions options, ILogger<OutboxRelay> log) : BackgroundService
{
    /// <summary>A stopping relay still writes down what it knows; a database that is away must not keep the process.</summary>
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Until it is stopped, and then until what was under way is settled.</summary>
    internal Task RunAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RunAsync(OutboxLane.Urgent, options.UrgentBatches, stoppingToken),
        RunAsync(OutboxLane.Ordinary, options.OrdinaryBatches, stoppingToken));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private async Task RunAsync(OutboxLane lane, int batches, CancellationToken stoppingToken)
    {
        using var room = new SemaphoreSlim(batches);
        var brokerAway = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            // There soon is some in a relay that is stopped too: what is under way ends with the token.
            await room.WaitAsync(CancellationToken.None);
            // While the broker is away a few ordinary messages knock at its door, and the rest keep their attempts and their turn.
            var batch = await ClaimAsync(lane, brokerAway ? Math.Min(options.ProbeSize, options.BatchSize) : options.BatchSize, stoppingToken);
            if (batch is null || batch.Rows.Count == 0)
            {
                room.Release();
                await signal.WaitAsync(lane, options.PollInterval, stoppingToken);
                continue;
            }
            _ = CarryThenMakeRoomAsync(batch);
        }
        for (var i = 0; i < batches; i++)
        {
            await room.WaitAsync(CancellationToken.None);
        }

        async Task CarryThenMakeRoomAsync(OutboxBatch batch)
        {
            try
            {
                brokerAway = await CarryAsync(batch, stoppingToken) && lane == OutboxLane.Ordinary;
            }
            finally
            {
                room.Release();
            }
        }
    }

    private async Task<OutboxBatch?> ClaimAsync(OutboxLane lane, int limit, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ClaimAsync(lane, limit, cancellationToken);
        }
        catch (Exception e)
        {
            // Rows that were claimed all the same come back when their lease runs out.
            if (!cancellationToken.IsCancellationRequested)
            {
                NotClaimed(log, lane, e.GetType().Name);
            }
            return null;
        }
    }

    /// <returns>True where nothing was confirmed and something timed out: the broker is away.</returns>
    private async Task<bool> CarryAsync(OutboxBatch batch, CancellationToken cancellationToken)
    {
        var outcomes = await Task.WhenAll(batch.Rows.Select(row => courier.CarryAsync(row, cancellationToken)));
        foreach (var failed in outcomes.OfType<OutboxOutcome.Failed>())
        {
            NotConfirmed(log, failed.Row.MessageId, failed.Row.Type, failed.Row.Attempts, failed.Error);
        }
        MessagingTelemetry.Count(outcomes);
        try
        {
            using var timeout = new CancellationTokenSource(SettleTimeout, options.Clock);
            var settled = await store.SettleAsync(batch.Lease, outcomes, timeout.Token);
            if (settled < outcomes.Length)
            {
                LeaseLost(log, outcomes.Length - settled);
            }
        }
        catch (Exception e)
        {
            // The leases run out and the rows are published again; the receivers' inboxes drop the repeats.
            NotSettled(log, outcomes.Length, e.GetType().Name);
        }
        return outcomes.Any(o => o is OutboxOutcome.Failed { Error: "NotConfirmed" }) && !outcomes.Any(o => o is OutboxOutcome.Confirmed);
    }

    [LoggerMessage(1, LogLevel.Warning, "The {Lane} outbox rows could not be claimed ({Error}); the relay tries again")]
    private static partial void NotClaimed(ILogger logger, OutboxLane lane, string error);

    [LoggerMessage(2, LogLevel.Warning, "Message {MessageId} of type {Type} was not confirmed at attempt {Attempts}: {Error}")]
    private static partial void NotConfirmed(ILogger logger, Guid messageId, string type, int attempts, string error);

    [LoggerMessage(3, LogLevel.Warning, "{Count} outbox rows were no longer this relay's when it came to settle them; another relay has them")]
    private static partial void LeaseLost(ILogger logger, int count);

    [LoggerMessage(4, LogLevel.Warning, "{Count} outbox rows could not be settled ({Error}); they will be published again")]
    private static partial void NotSettled(ILogger logger, int count, string error);
}
