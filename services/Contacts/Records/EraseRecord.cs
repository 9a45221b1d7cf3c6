using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Audit;

namespace Ums.Contacts.Records;

/// <summary>
/// Erases a person (GDPR article 17). Of somebody from the public register the key's blind index stays, so that no later import brings them back; they may still
/// register themselves.
/// </summary>
internal static class EraseRecord
{
    public sealed record Request(string? Reason);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Request request, RecordCaller caller, RecordKeeper keeper, AuditTrail audit, CancellationToken cancellationToken)
    {
        var (reason, refusal) = Reason.Required(request.Reason);
        if (reason is null)
        {
            return refusal!;
        }
        return await keeper.WithAsync<NoContent>(caller, id, evenRestricted: false, async (change, token) =>
        {
            var contact = change.Contact;
            if (contact.RegisterKey is { } key)
            {
                await change.Db.Database.ExecuteSqlAsync($"""
                    insert into opt_outs (organisation_id, register_key, at, erased) values ({contact.OrganisationId}, {key}, {change.At}, true)
                    on conflict (organisation_id, register_key) do update set erased = true
                    """, token);
            }
            // What an import keeps for its roll-back would hold the person still.
            await change.Db.Database.ExecuteSqlAsync($"delete from register_undo where contact_id = {id}", token);
            change.Record("contact-erased", null, version => new ContactRemoved(contact.Id, contact.OrganisationId, version, change.At));
            change.Db.Contacts.Remove(contact);
            await audit.AppendAsync(change.Db, caller.Organisation, caller.Did("contact-erased", id, reason), token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
