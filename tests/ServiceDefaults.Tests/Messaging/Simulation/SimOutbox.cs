using Ums.ServiceDefaults.Messaging;
using Ums.Testing.Simulation;

namespace Ums.ServiceDefaults.Tests.Messaging.Simulation;

/// <summary>One row, and what nobody but the simulation knows of it.</summary>
internal sealed class SimLetterRow(long id, Guid messageId, OutboxLetter letter, DateTimeOffset now)
{
    public long Id => id;

    public Guid MessageId => messageId;

    public OutboxLetter Letter { get; } = letter;

    public DateTimeOffset CommittedAt { get; } = now;

    public bool IsUrgent { get; set; } = letter.IsUrgent;

    public int Attempts { get; set; }

    /// <summary>How often a relay has had it; never set back.</summary>
    public int Claims { get; set; }

    public DateTimeOffset AvailableAt { get; set; } = now;

    public Guid? Lease { get; set; }

    public DateTimeOffset LeaseUntil { get; set; }

    public OutboxRow Read() => new(Id, MessageId, Letter.Type, Letter.Payload, null, IsUrgent, Attempts);
}

/// <summary>The tables <c>outbox</c> and <c>outbox_poison</c> with the database's clock and transactions. They survive every relay, and look at each change.</summary>
internal sealed class SimOutbox(SimWorld world, SimRoads roads)
{
    private readonly OutboxOptions options = OutboxScene.Options(TimeProvider.System);
    private readonly List<SimLetterRow> rows = [];
    private readonly List<SimLetterRow> buried = [];

    /// <summary>Every row there has ever been.</summary>
    public List<SimLetterRow> Written { get; } = [];

    public bool IsEmpty => rows.Count == 0;

    public Action? Changed { get; set; }

    public void Insert(OutboxLetter letter)
    {
        var row = new SimLetterRow(Written.Count + 1, world.NewId(), letter, world.Now);
        Written.Add(row);
        rows.Add(row);
    }

    public bool IsBuried(SimLetterRow row) => buried.Contains(row);

    public OutboxBatch Claim(OutboxLane lane, int limit)
    {
        var lease = world.NewId();
        var due = rows.Where(row => row.IsUrgent == (lane == OutboxLane.Urgent) && row.AvailableAt <= world.Now && (row.Lease is null || row.LeaseUntil < world.Now)).Take(limit).ToList();
        foreach (var row in due)
        {
            (row.Lease, row.LeaseUntil) = (lease, world.Now + options.Lease);
            row.Attempts++;
            row.Claims++;
        }
        return new OutboxBatch(lease, due.ConvertAll(row => row.Read()));
    }

    public int Settle(Guid lease, IReadOnlyList<OutboxOutcome> outcomes)
    {
        var settled = 0;
        foreach (var outcome in outcomes)
        {
            if (rows.Find(row => row.Id == outcome.Row.Id && row.Lease == lease) is { } row)
            {
                Invariant.Hold(row.Attempts == outcome.Row.Attempts, "A relay settled what another has claimed since.");
                Settle(row, outcome);
                settled++;
            }
        }
        Changed?.Invoke();
        return settled;
    }

    private void Settle(SimLetterRow row, OutboxOutcome outcome)
    {
        row.Lease = null;
        var isDoomed = !row.Letter.IsReadable && row.Claims >= options.MaxAttempts;
        if (outcome is OutboxOutcome.Confirmed)
        {
            Invariant.Hold(roads.HasConfirmed(row.MessageId), "A row was deleted that the broker had not confirmed.");
            rows.Remove(row);
        }
        else if (outcome is OutboxOutcome.HandedOver)
        {
            Invariant.Hold(roads.HasReceived(row.MessageId), "A row was called handed over that the receiver does not have.");
            (row.IsUrgent, row.Attempts) = (false, 0);
        }
        else if (options.IsBuried(outcome))
        {
            Invariant.Hold(!row.Letter.IsReadable, "A row was buried that can be read.");
            Invariant.Hold(isDoomed, "A row was buried before it had had its attempts.");
            rows.Remove(row);
            buried.Add(row);
        }
        else
        {
            Invariant.Hold(!isDoomed, "A row that nobody can read was not buried after its attempts.");
            row.AvailableAt = world.Now + OutboxOptions.Backoff(outcome.Row, world.Random.NextDouble());
        }
    }
}

/// <summary>The outbox as one relay reaches it: slowly, and now and then not at all, before a commit or after it.</summary>
internal sealed class SimOutboxConnection(SimWorld world, OutboxScene scene, SimOutbox outbox, SimLife life) : IOutboxStore
{
    public Task<OutboxBatch> ClaimAsync(OutboxLane lane, int limit, CancellationToken cancellationToken) => AskAsync(() => outbox.Claim(lane, limit), cancellationToken);

    public Task<int> SettleAsync(Guid lease, IReadOnlyList<OutboxOutcome> outcomes, CancellationToken cancellationToken) =>
        AskAsync(() => outbox.Settle(lease, outcomes), cancellationToken);

    private async Task<T> AskAsync<T>(Func<T> transaction, CancellationToken cancellationToken)
    {
        await world.StepAsync(life);
        Fail();
        cancellationToken.ThrowIfCancellationRequested();
        var result = transaction();
        // The commit stands, and whoever asked for it learns that later, or has stopped to listen.
        await (IsFaulty(scene.Slowness) ? world.PauseAsync(life, world.UpTo(15)) : world.StepAsync(life)).WaitAsync(cancellationToken);
        Fail();
        return result;
    }

    private void Fail()
    {
        if (IsFaulty(scene.DatabaseFaults))
        {
            throw world.Chance(0.5) ? new Npgsql.NpgsqlException("The connection was lost.", new IOException()) : new TimeoutException();
        }
    }

    private bool IsFaulty(double share) => world.Now < scene.FaultsEnd && world.Chance(share);
}
