using System.Globalization;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Contacts;

/// <summary>The entry as its resident sees it. What the public register says of a person's name and birth date is more than a PIN proves a right to.</summary>
public sealed record ContactView(
    Guid Id, ContactKind Kind, string GivenName, string FamilyName, string? CompanyName, string? OrganisationNumber, bool NameHidden, string? BirthDate,
    Source Source, bool IsNew, IReadOnlyList<PhoneView> Phones, IReadOnlyList<AddressView> Addresses, OrganisationView Organisation,
    ConfirmationView? Confirmation)
{
    internal static ContactView Of(Contact contact, Caller caller, PersonalData personal)
    {
        var masked = contact.Source == Source.PublicRegister;
        return new ContactView(
            contact.Id, contact.Kind, Name(contact.GivenName)!, Name(contact.FamilyName)!, Open(contact.CompanyName), Open(contact.OrganisationNumber),
            contact.NameHidden, masked ? null : Open(contact.BirthDate), contact.Source, contact.IsNew,
            [.. contact.CurrentPhones.Select(phone => PhoneView.Of(phone, caller, personal))], [.. contact.CurrentAddresses.Select(AddressView.Of)],
            new OrganisationView(caller.Slug), masked ? null : ConfirmationView.Of(contact));

        string? Open(byte[]? box) => box is null ? null : personal.Open(contact.OrganisationId, box);
        string? Name(byte[] box) => masked ? Mask(Open(box)!) : Open(box);
    }

    /// <summary>The first letter, as people read letters, and no hint at the length.</summary>
    private static string Mask(string name) => name.Length == 0 ? "" : StringInfo.GetNextTextElement(name) + "•••";
}

/// <param name="SignedIn">Whether it is the number that this session signed in with.</param>
public sealed record PhoneView(Guid Id, string Number, PhoneKind Kind, bool SignedIn)
{
    internal static PhoneView Of(Phone phone, Caller caller, PersonalData personal) =>
        new(phone.Id, personal.Open(phone.OrganisationId, phone.Number!), phone.Kind, phone.NumberIndex.AsSpan().SequenceEqual(caller.PhoneIndex));
}

public sealed record AddressView(
    Guid Id, string AddressId, string Street, int? Number, string? Letter, string Postcode, string Place, string MunicipalityCode, bool Main, bool Alerts,
    int? Gnr, int? Bnr, int? Fnr, int? Snr, double? Latitude, double? Longitude, bool Located)
{
    internal static AddressView Of(ContactAddress address) => new(
        address.Id, address.AddressId, address.Street, address.Number, address.Letter, address.Postcode, address.Place, address.MunicipalityCode,
        address.Main, address.Alerts, address.Gnr, address.Bnr, address.Fnr, address.Snr, address.Latitude, address.Longitude, address.Latitude is not null);
}

public sealed record OrganisationView(string Slug);

/// <param name="ConfirmedAt">When the resident last said that the entry is right.</param>
/// <param name="RemindedAt">They have been asked since and have not answered.</param>
/// <param name="PassiveAt">Since when nobody is warned by it.</param>
public sealed record ConfirmationView(DateTimeOffset ConfirmedAt, DateTimeOffset? RemindedAt, DateTimeOffset? AnswerBy, DateTimeOffset? PassiveAt)
{
    /// <summary>To the second: a database keeps fewer digits than the clock has.</summary>
    internal static ConfirmationView Of(Contact contact) => new(
        DateTimeOffset.FromUnixTimeSeconds((contact.ConfirmedAt ?? contact.CreatedAt).ToUnixTimeSeconds()), contact.RemindedAt, contact.RemindedAt is { } asked ? ConfirmationTimes.AnswerBy(asked) : null, contact.PassiveAt);
}
