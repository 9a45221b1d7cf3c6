using System.Buffers.Binary;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Audiences;

/// <summary>Counts whom an alert would reach and who is left out, without naming anybody. The same rules as when it is sent, on today's date.</summary>
internal static class CountAudience
{
    /// <param name="OrganisationId">For our own services, whose tokens name none; others leave it out.</param>
    public sealed record Request(Audience? Audience, Guid? OrganisationId = null);

    /// <param name="Phones">One message each.</param>
    /// <param name="Households">Addresses where at least one phone is reached.</param>
    /// <param name="Addresses">That are covered and have alerts on.</param>
    /// <param name="WithoutPhone">People at those addresses whom no number is known of.</param>
    /// <param name="SwitchedOff">Entries of people for a covered address where alerts are off.</param>
    /// <param name="UnderAge">People at those addresses who are under sixteen.</param>
    /// <param name="Duplicates">How often a phone was found again: by another of its addresses, another entry, or in the list.</param>
    public sealed record Response(
        int Phones, int Mobiles, int Landlines, int Households, int Addresses, int WithoutPhone, int SwitchedOff, int UnderAge, int Duplicates);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, Asker asker, ContactsDb db, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (asker.Of(request.OrganisationId) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        if (AudienceFaults.Of(request.Audience) is { Count: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }
        var audience = new PreparedAudience(request.Audience!, organisation, personal);
        return TypedResults.Ok(await db.InOrganisationAsync(organisation, async token =>
        {
            var day = AgeLimit.SwedishDay(clock.GetUtcNow());
            var tally = new Tally(audience, day, personal);
            foreach (var chunk in audience.Listed.Values.Chunk(10_000))
            {
                var holders = await ReadCandidates.PrivateHoldersAsync(db, organisation, [.. chunk.Select(phone => phone.Index)], token);
                tally.AddListed(chunk, holders);
            }
            await ReadAsync(db, audience, tally, token);
            return tally.Result(request.Audience!.Phones?.Count ?? 0);
        }, cancellationToken));
    }

    private static async Task ReadAsync(ContactsDb db, PreparedAudience audience, Tally tally, CancellationToken cancellationToken)
    {
        if (!audience.HasAddresses)
        {
            return;
        }
        await using var command = Statement.Of(db, $"""
            {CoveredAddresses.Shape}select a.id, hashtextextended(a.address_id, 0), a.alerts, c.id, c.kind = 'private', c.birth_date, p.number_index, p.kind = 'mobile', {ReadCandidates.HolderBirthDate}
            from {CoveredAddresses.AsSet(audience)}
            join contacts c on c.id = a.contact_id and c.organisation_id = @organisation and c.passive_at is null and (@kind is null or c.kind = @kind)
            left join phones p on p.contact_id = a.contact_id and p.organisation_id = @organisation and p.removed_at is null
            """);
        CoveredAddresses.AddTo(command, audience);
        command.CommandTimeout = 60;
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            tally.Add(new Tally.Row(row.GetGuid(0), row.GetInt64(1), row.GetBoolean(2), row.GetGuid(3), row.GetBoolean(4),
                row[5] as byte[], row[6] as byte[], row[7] as bool? ?? false, row[8] as byte[]));
        }
    }

    /// <summary>Eight bytes of a blind index: enough to tell a country's phones apart.</summary>
    internal static ulong Short(byte[] index) => BinaryPrimitives.ReadUInt64BigEndian(index);
}
