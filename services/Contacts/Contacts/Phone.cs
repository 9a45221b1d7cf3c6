using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Contacts;

/// <summary>A number that a contact is reached on. One number has one holder of each kind in an organisation.</summary>
internal sealed class Phone
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid ContactId { get; init; }

    public required ContactKind ContactKind { get; init; }

    public required PhoneKind Kind { get; init; }

    public required Source Source { get; set; }

    /// <summary>Sealed; null once removed.</summary>
    public byte[]? Number { get; set; }

    public required byte[] NumberIndex { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>The session that signed in with the number before removing it keeps its entry until it ends.</summary>
    public string? RemovedInSession { get; private set; }

    /// <summary>A number that a PIN to it has proved, or that an operator enters on somebody's word.</summary>
    public static Phone New(Contact contact, PhoneNumber number, byte[] index, PersonalData personal, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = contact.OrganisationId,
        ContactId = contact.Id,
        ContactKind = contact.Kind,
        Kind = number.Kind,
        Source = Source.SupplementaryRegister,
        Number = personal.Seal(contact.OrganisationId, number.E164),
        NumberIndex = index,
        CreatedAt = now,
    };

    public void Remove(Author by, DateTimeOffset now)
    {
        (Number, RemovedAt) = (null, now);
        RemovedInSession = by.PhoneIndex is { } signedIn && NumberIndex.AsSpan().SequenceEqual(signedIn) ? by.Session : null;
    }

    public void Restore(byte[] number) => (Number, RemovedAt, RemovedInSession, Source) = (number, null, null, Source.SupplementaryRegister);
}
