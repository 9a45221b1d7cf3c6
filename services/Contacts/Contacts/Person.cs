using System.Globalization;
using Ums.Contacts.Places;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Contacts;

/// <summary>Who somebody is said to be, once everything in the form is right.</summary>
internal sealed record Person(string GivenName, string FamilyName, DateOnly? BirthDate, string? CompanyName, string? OrganisationNumber)
{
    /// <summary>A form as it was typed.</summary>
    public sealed record Form(string? GivenName, string? FamilyName, string? BirthDate, string? CompanyName, string? OrganisationNumber, string? AddressId);

    /// <summary>What an entry begins with, beside the person.</summary>
    public sealed record Beginning(Guid Organisation, ContactKind Kind, PhoneNumber Phone, byte[] PhoneIndex, AddressFacts Address, bool NameHidden, bool Protected, Author By);

    /// <returns>The person, or each faulty field with the word for what is wrong.</returns>
    public static (Person? Person, Dictionary<string, string[]> Errors) Read(Form form, ContactKind kind, DateOnly today)
    {
        var errors = new Dictionary<string, string[]>();
        var givenName = Take("givenName", PersonFields.Name(form.GivenName));
        var familyName = Take("familyName", PersonFields.Name(form.FamilyName));
        var isCompany = kind == ContactKind.Company;
        var companyName = isCompany ? Take("companyName", PersonFields.Name(form.CompanyName)) : null;
        var organisationNumber = isCompany ? Take("organisationNumber", PersonFields.OrganisationNumber(form.OrganisationNumber)) : null;
        DateOnly? birthDate = isCompany ? null : Take("birthDate", PersonFields.BirthDate(form.BirthDate, today));
        Take("addressId", ("", ChosenAddress.Fault(form.AddressId)));
        return errors.Count > 0 ? (null, errors) : (new Person(givenName!, familyName!, birthDate, companyName, organisationNumber), errors);

        T? Take<T>(string field, (T? Value, string? Fault) read)
        {
            if (read.Fault is { } fault)
            {
                errors[field] = [fault];
            }
            return read.Value;
        }
    }

    /// <summary>Enters the person in the supplementary register, with one number and one address.</summary>
    public Change Register(ContactsDb db, Beginning with, PersonalData personal, DateTimeOffset now)
    {
        var contact = new Contact
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = with.Organisation,
            Kind = with.Kind,
            Source = Source.SupplementaryRegister,
            GivenName = Seal(GivenName),
            FamilyName = Seal(FamilyName),
            CompanyName = CompanyName is { } company ? Seal(company) : null,
            OrganisationNumber = OrganisationNumber is { } number ? Seal(number) : null,
            BirthDate = BirthDate is { } born ? Seal(born.ToString("yyyyMMdd", CultureInfo.InvariantCulture)) : null,
            NameHidden = with.NameHidden,
            Protected = with.Protected,
            IsNew = true,
            CreatedAt = now,
        };
        var phone = Phone.New(contact, with.Phone, with.PhoneIndex, personal, now);
        var address = ContactAddress.Chosen(contact, with.Address, main: true, now);
        contact.Phones.Add(phone);
        contact.Addresses.Add(address);
        db.Contacts.Add(contact);
        var change = new Change(db, contact, with.By, now);
        var kind = with.Kind == ContactKind.Company ? "company" : "private";
        change.Record("contact-registered", null, version => new ContactRegistered(contact.Id, contact.OrganisationId, kind, version, now));
        change.PhoneAdded(phone);
        change.AddressAdded(address);
        return change;

        byte[] Seal(string text) => personal.Seal(with.Organisation, text);
    }
}
