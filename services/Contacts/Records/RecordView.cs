using Ums.Contacts.Audit;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>An entry as operators see it. Who hid their name has none here; of a protected identity only that there is one, until somebody says why they need more.</summary>
/// <param name="Masked">Something is withheld.</param>
/// <param name="SendingOff">The person of the public register has switched all sending off.</param>
/// <param name="History">Who changed what, the newest first.</param>
public sealed record RecordView(
    Guid Id, long Version, ContactKind Kind, Source Source, bool IsNew, bool Masked, string? GivenName, string? FamilyName, string? CompanyName,
    string? OrganisationNumber, string? BirthDate, bool NameHidden, bool Protected, RecordLimit? Restriction, RecordLimit? Objection, bool SendingOff,
    IReadOnlyList<RecordPhone> Phones, IReadOnlyList<RecordAddress> Addresses, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, IReadOnlyList<RecordLine> History)
{
    /// <param name="open">Whether to show what is hidden too.</param>
    internal static RecordView Of(Contact contact, bool sendingOff, IEnumerable<AuditEntry> history, bool open, PersonalData personal)
    {
        var (hidesName, hidesAll) = (!open && (contact.NameHidden || contact.Protected), !open && contact.Protected);
        return new RecordView(
            contact.Id, contact.Version, contact.Kind, contact.Source, contact.IsNew, hidesName || hidesAll, Name(contact.GivenName), Name(contact.FamilyName),
            hidesAll ? null : Read(contact.CompanyName), hidesAll ? null : Read(contact.OrganisationNumber), Name(contact.BirthDate), contact.NameHidden, contact.Protected,
            Limit(contact.RestrictedAt, contact.RestrictionReason), Limit(contact.ObjectedAt, contact.ObjectionReason), sendingOff,
            [.. contact.CurrentPhones.Select(phone => new RecordPhone(phone.Id, hidesAll ? null : Read(phone.Number), phone.Kind, phone.Source))],
            [.. contact.CurrentAddresses.Select(address => RecordAddress.Of(address, hidesAll))],
            contact.CreatedAt, contact.ChangedAt,
            [.. history.Select(entry => new RecordLine(entry.At, entry.Actor, entry.Actor == AuditActor.Operator ? entry.ActorId : null, entry.Action, entry.Field, entry.Version))]);

        string? Read(byte[]? box) => box is null ? null : personal.Open(contact.OrganisationId, box);
        string? Name(byte[]? box) => hidesName ? null : Read(box);
        RecordLimit? Limit(DateTimeOffset? since, byte[]? reason) => since is { } at ? new RecordLimit(at, Read(reason) ?? "") : null;
    }
}

/// <summary>Since when something is not done with the entry, and why.</summary>
public sealed record RecordLimit(DateTimeOffset Since, string Reason);

/// <param name="Number">Null where it is withheld.</param>
public sealed record RecordPhone(Guid Id, string? Number, PhoneKind Kind, Source Source);

/// <summary>An address; of one that is withheld, only whether it is warned for.</summary>
public sealed record RecordAddress(
    Guid Id, string? Street, int? Number, string? Letter, string? Postcode, string? Place, bool Main, bool Alerts, Source Source, double? Latitude, double? Longitude)
{
    internal static RecordAddress Of(ContactAddress address, bool withheld) => withheld
        ? new(address.Id, null, null, null, null, null, address.Main, address.Alerts, address.Source, null, null)
        : new(address.Id, address.Street, address.Number, address.Letter, address.Postcode, address.Place, address.Main, address.Alerts, address.Source,
            address.Latitude, address.Longitude);
}

/// <param name="Operator">Which one, where it was one.</param>
/// <param name="Field">The fields or the row concerned.</param>
public sealed record RecordLine(DateTimeOffset At, AuditActor Actor, string? Operator, string Action, string? Field, long Version);
