using Ums.Contacts.Audit;

namespace Ums.Contacts.Contacts;

/// <summary>One resident's change of one entry: it counts the version, writes the audit row and tells other services, all in the open transaction.</summary>
internal sealed record Change(ContactsDb Db, Contact Contact, Caller Caller, DateTimeOffset At)
{
    /// <param name="action">The word in the audit trail.</param>
    /// <param name="field">The field or row concerned.</param>
    /// <param name="tell">Makes the event from the version that the change brings.</param>
    public void Record<TEvent>(string action, string? field, Func<long, TEvent> tell) where TEvent : class
    {
        var version = ++Contact.Version;
        Contact.ChangedAt = At;
        Db.AuditEntries.Add(new AuditEntry
        {
            OrganisationId = Contact.OrganisationId,
            ContactId = Contact.Id,
            At = At,
            Actor = AuditActor.Resident,
            ActorId = Caller.Subject,
            PhoneIndex = Caller.PhoneIndex,
            Action = action,
            Field = field,
            Version = version,
        });
        Db.Publish(tell(version));
    }
}
