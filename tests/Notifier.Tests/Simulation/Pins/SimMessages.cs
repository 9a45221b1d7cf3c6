using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Ums.Notifier.Messages;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation.Pins;

internal sealed class SimMessage(Message row)
{
    public Message Row => row;

    public DeliveryState State { get; set; } = row.State;
}

internal sealed class SimAttempt(Attempt row, SimMessage message, DateTimeOffset deadline)
{
    public Attempt Row => row;

    public SimMessage Message => message;

    public DeliveryState State { get; set; } = row.State;

    public Guid? Lease { get; set; } = row.Lease;

    public DateTimeOffset Deadline => deadline;
}

/// <summary>The tables <c>inbox</c>, <c>messages</c> and <c>attempts</c> with the database's clock and transactions. They survive every process.</summary>
internal sealed class SimMessages(SimWorld world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HashSet<Guid> inbox = [];
    private readonly List<SimMessage> messages = [];
    private readonly List<SimAttempt> attempts = [];

    public IReadOnlyList<SimMessage> Messages => messages;

    public IReadOnlyList<SimAttempt> Attempts => attempts;

    public Action<SimAttempt>? Begun { get; set; }

    public (bool IsNew, Attempt? Attempt) Take(Guid busMessageId, Message message, Func<string> provider)
    {
        if (inbox.Contains(busMessageId) || messages.Exists(known => known.Row.SourceId == message.SourceId))
        {
            return (false, null);
        }
        inbox.Add(busMessageId);
        var taken = new SimMessage(message);
        messages.Add(taken);
        return (true, message.State == DeliveryState.Expired ? null : Begin(taken, 1, provider()));
    }

    public Attempt? Settle(Message message, Attempt attempt, Settlement settlement, string? nextProvider)
    {
        if (attempts.Find(known => known.Row.Id == attempt.Id && known.Lease == attempt.Lease) is not { } ours || !Move(ours, settlement.State))
        {
            return null;
        }
        if (nextProvider is not null)
        {
            Invariant.Hold(settlement.State == DeliveryState.NotSent, "A PIN is tried again that may have been sent.");
            return Begin(ours.Message, attempt.Number + 1, nextProvider);
        }
        Move(ours.Message, settlement.OfMessage);
        return null;
    }

    public int Sweep()
    {
        var stuck = attempts.Where(attempt => attempt.State == DeliveryState.Sending && attempt.Deadline < world.Now).ToList();
        foreach (var attempt in stuck)
        {
            Move(attempt, DeliveryState.Unknown);
            attempt.Lease = null;
            Move(attempt.Message, DeliveryState.Unknown);
        }
        return stuck.Count;
    }

    /// <summary>What a provider tells.</summary>
    public void Record(Guid attemptId, DeliveryState state)
    {
        var attempt = attempts.Single(known => known.Row.Id == attemptId);
        var isLast = !attempts.Exists(later => later.Message == attempt.Message && later.Row.Number > attempt.Row.Number);
        if (Move(attempt, state) && (isLast || state == DeliveryState.Delivered))
        {
            Move(attempt.Message, state);
        }
    }

    private Attempt Begin(SimMessage message, int number, string provider)
    {
        var row = Attempt.At(message.Row, number, provider, world.Now);
        Invariant.Hold(!attempts.Exists(known => known.Message == message && known.Row.Number == number), "Two attempts have the same number.");
        var attempt = new SimAttempt(row, message, world.Now + Patience);
        attempts.Add(attempt);
        Begun?.Invoke(attempt);
        return row;
    }

    private static bool Move(SimAttempt attempt, DeliveryState state)
    {
        if (!DeliveryStates.Before(state).Contains(attempt.State))
        {
            return false;
        }
        Invariants.MovedForward(attempt.State, state);
        attempt.State = state;
        return true;
    }

    private static void Move(SimMessage message, DeliveryState state)
    {
        if (DeliveryStates.Before(state).Contains(message.State))
        {
            Invariants.MovedForward(message.State, state);
            message.State = state;
        }
    }
}

/// <summary>
/// The tables as one process reaches them: slowly, and now and then not at all, before a commit or after it. As EF Core does, it then does the whole again, and
/// gives up after a while.
/// </summary>
internal sealed class SimMessagesConnection(SimWorld world, PinScene scene, SimMessages tables, SimLife life) : IMessageStore
{
    public Task<(bool IsNew, Attempt? Attempt)> TakeAsync(Guid busMessageId, Message message, Func<string> provider, CancellationToken cancellationToken) =>
        AskAsync(() => tables.Take(busMessageId, message, provider));

    public Task<Attempt?> SettleAsync(Message message, Attempt attempt, Settlement settlement, string? nextProvider) =>
        AskAsync(() => tables.Settle(message, attempt, settlement, nextProvider));

    public Task<int> SweepAsync(CancellationToken cancellationToken) => AskAsync(tables.Sweep);

    public Task RecordAsync(Guid attemptId, DeliveryState state) => AskAsync(() =>
    {
        tables.Record(attemptId, state);
        return true;
    });

    private async Task<T> AskAsync<T>(Func<T> transaction)
    {
        while (true)
        {
            await world.StepAsync(life);
            if (!IsLost())
            {
                var result = transaction();
                await (world.Chance(scene.Slowness) ? world.PauseAsync(life, world.UpTo(12)) : world.StepAsync(life));
                if (!IsLost())
                {
                    return result;
                }
            }
        }
    }

    private bool IsLost() => world.Chance(scene.DatabaseFaults) && (world.Random.Next(3) switch
    {
        0 => throw new NpgsqlException("The connection was lost.", new IOException()),
        1 => throw new RetryLimitExceededException("The database has been away for too long."),
        _ => true,
    });
}
