using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Testing.Simulation;

namespace Ums.Notifier.Tests.Simulation;

/// <summary>What holds whatever happens, written down without the rules under test.</summary>
internal static class Invariants
{
    public static void MovedForward(DeliveryState from, DeliveryState to) => Invariant.Hold(from == to || (from, to) switch
    {
        (DeliveryState.Sending, _) => true,
        (DeliveryState.Unknown, DeliveryState.Accepted or DeliveryState.Delivered or DeliveryState.Failed or DeliveryState.Expired) => true,
        (DeliveryState.Accepted, DeliveryState.Delivered or DeliveryState.Failed or DeliveryState.Expired) => true,
        _ => false,
    }, $"An attempt went from {from} to {to}.");

    public static void CountsAreRows(TallyChange tally, IEnumerable<RecipientState> states)
    {
        var rows = new int[Enum.GetValues<RecipientState>().Length];
        foreach (var state in states)
        {
            rows[(int)state]++;
        }
        for (var state = 0; state < rows.Length; state++)
        {
            Invariant.Hold(tally[(RecipientState)state] == rows[state], $"{tally[(RecipientState)state]} were counted as {(RecipientState)state}, and {rows[state]} are.");
        }
    }

    /// <summary>When nothing can happen any more.</summary>
    public static void AtTheEnd(SimScene scene, SimDatabase database, SimLedger ledger, bool sleepers)
    {
        var extra = 0;
        foreach (var person in scene.People)
        {
            var state = database.StateOf(person);
            Invariant.Hold(state is RecipientState.Delivered or RecipientState.Failed or RecipientState.Expired or RecipientState.Cancelled, $"Somebody is left {state}.");
            Invariant.Hold(database.IsCancelled || (person.Tried is not null && state != RecipientState.Cancelled), "Somebody was passed over.");
            var sent = ledger.Entries.Where(entry => entry.To == person.Phone).ToList();
            var twice = sent.GroupBy(entry => Asked(database, entry)).Sum(round => round.Count() - 1);
            Invariant.Hold(twice <= 1, "Somebody was sent the same more than twice.");
            Invariant.Hold(twice == 0 || person.Tried!.Attempts.Any(attempt => attempt.Facts.Rounds.HasFlag(Rounds.Resent)), "Somebody was sent the same twice, and it was not counted.");
            Invariant.Hold(state != RecipientState.Delivered || sent.Count > 0, "Somebody was called reached whom no provider knows of.");
            Invariant.Hold(person.Tried is not { } tried || tried.Attempts.Count <= NextAttempt.Most, "Somebody was tried without end.");
            extra += twice;
        }
        Invariant.Hold(extra <= database.Resent, "There are more duplicates than the alert says.");
        foreach (var entry in ledger.Entries)
        {
            var attempt = database.Attempt(entry.AttemptId)!.Value;
            Invariant.Hold(entry.CalledAt - attempt.CreatedAt <= TimeSpan.FromSeconds(8), "A provider was called by someone who had slept.");
            if (database.IsCancelled && entry.CalledAt > database.CancelledAt)
            {
                Invariant.Hold(attempt.CreatedAt <= database.CancelledAt, "Somebody was claimed after the alert was cancelled.");
                Invariant.Hold(sleepers || entry.CalledAt - database.CancelledAt < TimeSpan.FromSeconds(1), "A provider was called more than a second after the alert was cancelled.");
            }
        }
    }

    /// <summary>The round that an entry belongs to, apart from whether it was the second time for nobody knowing.</summary>
    private static Rounds Asked(SimDatabase database, SimEntry entry) => database.Attempt(entry.AttemptId)!.Value.Row.Facts.Rounds & ~Rounds.Resent;
}
