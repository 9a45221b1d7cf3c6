using Ums.Contacts.Audit;

namespace Ums.Contacts.Contacts;

/// <summary>Who makes a change: an id, and for a resident the number and session that they signed in with.</summary>
internal sealed record Author(AuditActor Actor, string Id, byte[]? PhoneIndex = null, string? Session = null);

/// <summary>One change of one entry: it counts the version, writes the entry's history and tells other services, all in the open transaction.</summary>
internal sealed record Change(ContactsDb Db, Contact Contact, Author By, DateTimeOffset At)
{
    /// <param name="action">The word in the history.</param>
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
            Actor = By.Actor,
            ActorId = By.Id,
            PhoneIndex = By.PhoneIndex,
            Action = action,
            Field = field,
            Version = version,
        });
        Db.Publish(tell(version));
    }
}
