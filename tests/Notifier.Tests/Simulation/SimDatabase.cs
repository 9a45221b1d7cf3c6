using Ums.Notifier.Alerts;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation;

/// <summary>One phone of the simulated alert.</summary>
internal sealed record SimPerson(long Slice, short N, string Phone, byte[] Sealed)
{
    /// <summary>Null before the first attempt.</summary>
    public Recipient? Tried { get; set; }
}

/// <summary>
/// The tables of one alert, with the transactions that the database makes of each call: all at once or not at all. It survives every process. What it decides it
/// asks of the same rules as the real one; after each commit it compares its counts with its rows.
/// </summary>
internal sealed class SimDatabase(SimWorld world, SimScene scene)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Dictionary<long, string> slices = scene.People.Select(person => person.Slice).Distinct().ToDictionary(slice => slice, _ => "waiting");
    private readonly Dictionary<Guid, SimPerson> byAttempt = [];
    private readonly Dictionary<Guid, (AttemptRow Row, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DeliveryState Was)> attempts = [];
    private readonly Dictionary<Guid, (Guid[] Attempts, DateTimeOffset Deadline)> claims = [];
    private readonly TallyChange tally = new();
    private List<(SimLife Life, TaskCompletionSource Place)> parked = [];

    /// <summary>With its id and its deadline.</summary>
    public Action<Guid, DateTimeOffset>? ClaimMade { get; set; }

    public bool IsCancelled { get; private set; }

    public DateTimeOffset CancelledAt { get; private set; }

    public int Resent => tally.Resent;

    private bool IsLive => !IsCancelled && world.Now < scene.ExpiresAt;

    private AlertOptions? Options => IsLive ? scene.Options : null;

    public (AttemptRow Row, DateTimeOffset CreatedAt)? Attempt(Guid id) => attempts.TryGetValue(id, out var attempt) ? (attempt.Row, attempt.CreatedAt) : null;

    public bool HasExpired(Guid claim) => claims.TryGetValue(claim, out var found) && found.Deadline < world.Now;

    public void Begin()
    {
        tally.Add(RecipientState.Waiting, scene.People.Count);
        Check();
    }

    /// <summary>Completes at the next commit, as an idle dispatcher finds out at its next look.</summary>
    public Task ParkAsync(SimLife life)
    {
        var place = new TaskCompletionSource();
        parked.Add((life, place));
        return place.Task;
    }

    public void Wake()
    {
        var woken = parked;
        parked = [];
        woken.ForEach(waiting => world.Post(waiting.Life, () => waiting.Place.TrySetResult()));
    }

    public Claim? ClaimSlice(Channel channel, string provider)
    {
        var slice = slices.Where(slice => slice.Value == "waiting" && scene.ChannelOf(slice.Key) == channel).Select(slice => slice.Key).DefaultIfEmpty(-1).Min();
        if (!IsLive || slice < 0)
        {
            return null;
        }
        slices[slice] = "claimed";
        var people = scene.People.Where(person => person.Slice == slice).ToList();
        foreach (var person in people)
        {
            var row = new AttemptRow
            {
                Id = world.NewId(), AlertId = SimScene.AlertId, Slice = slice, N = person.N, Provider = provider, Facts = new AttemptFacts(1, Rounds.First, channel), State = DeliveryState.Sending,
            };
            person.Tried = new Recipient([row]);
            tally.Moved(RecipientState.Waiting, RecipientState.Sending);
            Keep(row, person);
        }
        return Commit(channel, people);
    }

    public Claim? ClaimDue(Channel channel, Func<string, string> provider)
    {
        var due = scene.People.Where(person => person.Tried?.Attempts.Any(attempt => attempt.Next?.Channel == channel && attempts[attempt.Id].NextAt <= world.Now) == true).Take(2).ToList();
        if (!IsLive || due.Count == 0)
        {
            return null;
        }
        foreach (var person in due)
        {
            var recipient = person.Tried!;
            Invariant.Hold(!recipient.IsDelivered || (scene.Options.Acknowledge && channel == Channel.Voice && !recipient.IsAcknowledged), "Somebody whom it had reached was tried again.");
            var (before, last) = (recipient.State, recipient.Last);
            var attempt = recipient.Begin(world.NewId(), provider(last.Provider));
            tally.Moved(before, recipient.State);
            tally.CountBegun(last.Facts.Rounds, attempt.Facts.Rounds);
            Keep(attempt, person);
        }
        return Commit(channel, due);
    }

    public bool Settle(Guid claim, IReadOnlyList<Outcome> outcomes)
    {
        if (!claims.Remove(claim))
        {
            return false;
        }
        Record(outcomes);
        return true;
    }

    public void Record(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            var recipient = byAttempt[outcome.AttemptId].Tried!;
            foreach (var attempt in recipient.Attempts.Where(attempt => attempt is { Next: not null, Changed: false }))
            {
                attempt.Next = attempt.Next!.Value with { After = attempts[attempt.Id].NextAt!.Value - world.Now };
            }
            var (before, acknowledged) = (recipient.State, recipient.IsAcknowledged);
            recipient.Record(outcome, Options, SimScene.Grace);
            tally.Moved(before, recipient.State);
            if (!acknowledged && recipient.IsAcknowledged)
            {
                tally.CountAcknowledged();
            }
        }
        Check();
    }

    public int Sweep()
    {
        var lost = claims.Where(claim => claim.Value.Deadline < world.Now).ToList();
        lost.ForEach(claim => claims.Remove(claim.Key));
        var outcomes = lost.SelectMany(claim => claim.Value.Attempts).Select(id => new Outcome(id, DeliveryState.Unknown, "interrupted")).ToList();
        Record(outcomes);
        return outcomes.Count;
    }

    public void Cancel()
    {
        if (IsLive)
        {
            (IsCancelled, CancelledAt) = (true, world.Now);
            StopWaiting(RecipientState.Cancelled, "cancelled");
        }
    }

    /// <summary>As the alert's end by time does it, of a cancelled one too.</summary>
    /// <returns>False while somebody is under way still.</returns>
    public bool Expire()
    {
        StopWaiting(RecipientState.Expired, "expired");
        Record([.. attempts.Values.Where(attempt => attempt.Row.State is DeliveryState.Accepted or DeliveryState.Unknown)
            .Select(attempt => new Outcome(attempt.Row.Id, DeliveryState.Expired, "no-receipt"))]);
        return claims.Count == 0;
    }

    public RecipientState StateOf(SimPerson person) => person.Tried?.State ?? slices[person.Slice] switch
    {
        "cancelled" => RecipientState.Cancelled,
        "expired" => RecipientState.Expired,
        _ => RecipientState.Waiting,
    };

    private void StopWaiting(RecipientState never, string word)
    {
        foreach (var slice in slices.Where(slice => slice.Value == "waiting").Select(slice => slice.Key).ToList())
        {
            slices[slice] = word;
            scene.People.Where(person => person.Slice == slice).ToList().ForEach(_ => tally.Moved(RecipientState.Waiting, never));
        }
        foreach (var person in scene.People.Where(person => person.Tried?.Last.Next is not null))
        {
            var before = person.Tried!.State;
            person.Tried.Last.Next = null;
            tally.Moved(before, person.Tried.State);
        }
        Check();
    }

    private void Keep(AttemptRow row, SimPerson person)
    {
        attempts[row.Id] = (row, world.Now, null, row.State);
        byAttempt[row.Id] = person;
    }

    private Claim Commit(Channel channel, List<SimPerson> people)
    {
        var claim = world.NewId();
        claims[claim] = ([.. people.Select(person => person.Tried!.Last.Id)], world.Now + Lease);
        Check();
        ClaimMade?.Invoke(claim, world.Now + Lease);
        return new Claim(claim, SimScene.AlertId, SimScene.Organisation, channel, [.. people.Select(person => new ClaimedAttempt(person.Tried!.Last.Id, person.Tried.Last.Provider, person.Sealed))]);
    }

    private void Check()
    {
        foreach (var (id, attempt) in attempts.ToList())
        {
            Invariants.MovedForward(attempt.Was, attempt.Row.State);
            var nextAt = attempt.Row.Next is null ? null : attempt.Row.Changed || attempt.NextAt is null ? world.Now + attempt.Row.Next.Value.After : attempt.NextAt;
            if (nextAt is { } due && due != attempt.NextAt)
            {
                world.At(due, Wake);
            }
            attempt.Row.Changed = false;
            attempts[id] = attempt with { NextAt = nextAt, Was = attempt.Row.State };
        }
        Invariants.CountsAreRows(tally, scene.People.Select(StateOf));
        Wake();
    }
}
