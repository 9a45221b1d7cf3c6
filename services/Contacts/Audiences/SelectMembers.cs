using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>Makes members of a part's candidates and of the list's numbers in it. Reads and writes in the open transaction.</summary>
internal sealed class SelectMembers(PersonalData personal, TimeProvider clock)
{
    public async Task<List<AudienceMember>> RunAsync(
        ContactsDb db, Guid alert, PreparedAudience audience, Part part, List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var organisation = audience.Organisation;
        var day = AgeLimit.SwedishDay(clock.GetUtcNow());
        var allowed = candidates.Where(candidate => candidate.MayBeSent(organisation, day, personal)).ToList();
        var chosen = audience.Audience.OncePerHousehold
            ? await NotYetNamedAsync(db, organisation, alert, OfHouseholds(allowed, audience), cancellationToken)
            : allowed.DistinctBy(candidate => candidate.Index, IndexComparer.Instance).ToList();
        var members = chosen.ConvertAll(candidate =>
            new AudienceMember(personal.Open(organisation, candidate.Number), candidate.IsMobile, candidate.Latitude, candidate.Longitude));
        // By household the list comes whole and by itself; else who is in it and at a covered address is in already, with a position.
        var had = audience.Audience.OncePerHousehold ? [] : chosen.Select(candidate => candidate.Index).ToHashSet(IndexComparer.Instance);
        var listed = audience.Listed.Values.Where(phone => part.Holds(phone.Index) && !had.Contains(phone.Index)).ToList();
        var leftOut = await LeftOutAsync(db, organisation, day, listed, cancellationToken);
        members.AddRange(listed.Where(phone => !leftOut.Contains(phone.Index)).Select(phone => new AudienceMember(phone.Number, phone.IsMobile, null, null)));
        return members;
    }

    /// <summary>One for each address: a mobile before a landline. A household that the list reaches needs no other.</summary>
    private static IEnumerable<Candidate> OfHouseholds(List<Candidate> allowed, PreparedAudience audience) => allowed
        .GroupBy(candidate => candidate.AddressId)
        .Where(household => !household.Any(candidate => audience.Listed.ContainsKey(candidate.Index)))
        .Select(household => household.OrderByDescending(candidate => candidate.IsMobile).ThenBy(candidate => Convert.ToHexString(candidate.Index), StringComparer.Ordinal).First());

    /// <summary>Someone with two homes may be the one of both, and the other home may be in another part.</summary>
    private static async Task<List<Candidate>> NotYetNamedAsync(
        ContactsDb db, Guid organisation, Guid alert, IEnumerable<Candidate> households, CancellationToken cancellationToken)
    {
        var named = households.DistinctBy(candidate => candidate.Index, IndexComparer.Instance).ToDictionary(candidate => candidate.Index, IndexComparer.Instance);
        await using var command = Statement.Of(db, """
            insert into audience_phones (alert_id, organisation_id, number_index) select $1, $2, unnest($3) on conflict do nothing returning number_index
            """);
        command.Parameters.Add(new() { Value = alert });
        command.Parameters.Add(new() { Value = organisation });
        command.Parameters.Add(new() { Value = named.Keys.ToArray() });
        var fresh = new List<Candidate>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            fresh.Add(named[(byte[])row[0]]);
        }
        return fresh;
    }

    private async Task<HashSet<byte[]>> LeftOutAsync(
        ContactsDb db, Guid organisation, DateOnly day, List<ListedPhone> listed, CancellationToken cancellationToken)
    {
        if (listed.Count == 0)
        {
            return [];
        }
        var holders = await ReadCandidates.HoldersAsync(db, organisation, [.. listed.Select(phone => phone.Index)], cancellationToken);
        return holders.Where(holder => holder.Silenced || holder.IsTooYoung(organisation, day, personal))
            .Select(holder => holder.Index).ToHashSet(IndexComparer.Instance);
    }
}
