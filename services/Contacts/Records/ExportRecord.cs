using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.Contacts.DataRights;
using Ums.ServiceDefaults.Audit;

namespace Ums.Contacts.Records;

/// <summary>Everything held about one person, as a file for them (GDPR articles 15 and 20). It leaves nothing out, so it needs a reason, as unmasking does.</summary>
internal static class ExportRecord
{
    public sealed record Request(string? Reason);

    public sealed record Document(
        DateTimeOffset ExportedAt, RecordView Person, IReadOnlyList<ExportContact.RemovedPhone> RemovedPhones, IReadOnlyList<ExportContact.RemovedAddress> RemovedAddresses);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, ContactsDb db, AuditTrail audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (reason, refusal) = Reason.Required(request.Reason);
        if (reason is null)
        {
            return refusal!;
        }
        var document = await db.InOrganisationAsync(caller.Organisation, async token =>
        {
            if (await keeper.FindAsync(id, locked: false, token) is not { } contact)
            {
                return null;
            }
            var view = await keeper.ViewAsync(contact, open: true, token);
            await audit.AppendAsync(db, caller.Organisation, caller.Did("contact-exported", id, reason), token);
            return new Document(clock.GetUtcNow(), view, ExportContact.RemovedPhonesOf(contact), ExportContact.RemovedAddressesOf(contact));
        }, cancellationToken);
        return document is null
            ? RecordKeeper.Unknown()
            : TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(document, ExportContact.Readable), "application/json", $"ums-person-{id}.json");
    }
}
