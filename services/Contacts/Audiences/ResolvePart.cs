using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

internal enum PartOutcome
{
    Moved,
    Finished,

    /// <summary>The lease is another's now.</summary>
    Lost,
}

/// <summary>
/// Answers the next part of an audience in one transaction: its batches go to the outbox and the position moves, both or neither. What was answered is never
/// answered again, and what was not is read anew.
/// </summary>
internal sealed class ResolvePart(ContactsDb db, SelectMembers select, PersonalData personal, TimeProvider clock)
{
    private const int LargestBatch = 1000;

    public Task<PartOutcome> RunAsync(Turn turn, PreparedAudience audience, CancellationToken cancellationToken) => db.InOrganisationAsync(turn.OrganisationId, async token =>
    {
        if (await Resolution.HoldAsync(db, turn, token) is not { } at)
        {
            return PartOutcome.Lost;
        }
        // The parts of one audience are as unlike as a house and a country; a plan made for any would suit none.
        await db.Database.ExecuteSqlAsync($"set local plan_cache_mode = force_custom_plan", token);
        var (part, candidates, expected) = await ReadAsync(audience, at, token);
        var members = await select.RunAsync(db, turn.AlertId, audience, part, candidates, token);
        var number = await PublishAsync(turn, members, at.NextNumber, part.IsLast, token);
        await Resolution.MoveAsync(db, turn, new Progress(part.To, number, at.Members + members.Count, part.Judge(expected, candidates.Count)), token);
        if (part.IsLast)
        {
            await Resolution.FinishAsync(db, turn, token);
        }
        return part.IsLast ? PartOutcome.Finished : PartOutcome.Moved;
    }, cancellationToken);

    private async Task<(Part Part, List<Candidate> Candidates, long Expected)> ReadAsync(PreparedAudience audience, Progress at, CancellationToken cancellationToken)
    {
        for (var expected = Math.Max(at.Expected, audience.Listed.Count); ; expected = Math.Max(expected * 4, ReadCandidates.Most))
        {
            var part = Part.At(at.Position, expected);
            if (await ReadCandidates.RunAsync(db, audience, part, expected, cancellationToken) is { } candidates)
            {
                return (part, candidates, expected);
            }
        }
    }

    /// <returns>The number that follows the last one used.</returns>
    private async Task<int> PublishAsync(Turn turn, List<AudienceMember> members, int number, bool isLast, CancellationToken cancellationToken)
    {
        var batches = members.Count == 0
            ? isLast ? [[]] : Array.Empty<AudienceMember[]>()
            : members.Chunk((members.Count + Parts(members.Count) - 1) / Parts(members.Count)).ToArray();
        foreach (var batch in batches)
        {
            var box = personal.Seal(turn.OrganisationId, JsonSerializer.Serialize(batch, JsonSerializerOptions.Web));
            var message = new AudienceBatch(turn.AlertId, turn.OrganisationId, number++, isLast && batch == batches[^1], batch.Length, box, clock.GetUtcNow());
            await KeptBatches.KeepAsync(db, message, cancellationToken);
            db.Publish(message);
        }
        return number;

        static int Parts(int count) => (count + LargestBatch - 1) / LargestBatch;
    }
}
