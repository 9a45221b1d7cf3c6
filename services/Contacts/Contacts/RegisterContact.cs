using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Places;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Contacts;

/// <summary>A resident whose number is unknown registers themselves, with one address.</summary>
internal static class RegisterContact
{
    /// <param name="BirthDate">YYYYMMDD; private persons only.</param>
    /// <param name="CompanyName">Company contacts only, as is <paramref name="OrganisationNumber"/>.</param>
    /// <param name="AddressId">One of Geocoding's matches.</param>
    public sealed record Request(
        string? GivenName, string? FamilyName, string? BirthDate, string? CompanyName, string? OrganisationNumber, bool NameHidden, string? AddressId);

    public static async Task<Results<Created<ContactView>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ChosenAddress chosen, ContactsDb db, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = AgeLimit.SwedishDay(now);
        var (person, errors) = Person.Read(request, caller.Kind, today);
        if (person is null)
        {
            return Problems.Invalid(errors);
        }
        if (person.BirthDate is { } born && !AgeLimit.IsOldEnough(born, today))
        {
            return Problems.Problem(StatusCodes.Status422UnprocessableEntity, "under-16", "You must be 16 or older to register.");
        }
        if (await AlreadyRegisteredAsync(caller, db, personal, cancellationToken) is { } already)
        {
            return already;
        }
        var (facts, refusal) = await chosen.ResolveAsync(request.AddressId, caller.Slug, cancellationToken);
        if (facts is null)
        {
            return refusal!;
        }
        try
        {
            var contact = await db.InOrganisationAsync(
                caller.Organisation, _ => Task.FromResult(Add(person, request.NameHidden, facts, caller, db, personal, now)), cancellationToken);
            return TypedResults.Created("/api/contact", ContactView.Of(contact, caller, personal));
        }
        catch (DbUpdateException e) when (e.IsDuplicate("phones_one_holder"))
        {
            // The same form twice at once: the first one won.
            return await AlreadyRegisteredAsync(caller, db, personal, cancellationToken) ?? OwnContact.NotRegistered();
        }
    }

    private static Contact Add(Person person, bool nameHidden, AddressFacts facts, Caller caller, ContactsDb db, PersonalData personal, DateTimeOffset now)
    {
        var contact = new Contact
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = caller.Organisation,
            Kind = caller.Kind,
            Source = Source.SupplementaryRegister,
            GivenName = Seal(person.GivenName),
            FamilyName = Seal(person.FamilyName),
            CompanyName = person.CompanyName is { } company ? Seal(company) : null,
            OrganisationNumber = person.OrganisationNumber is { } number ? Seal(number) : null,
            BirthDate = person.BirthDate is { } born ? Seal(born.ToString("yyyyMMdd", null)) : null,
            NameHidden = nameHidden,
            IsNew = true,
            CreatedAt = now,
        };
        var phone = Phone.Proved(contact, caller.Phone, caller.PhoneIndex, personal, now);
        var address = ContactAddress.Chosen(contact, facts, main: true, now);
        contact.Phones.Add(phone);
        contact.Addresses.Add(address);
        db.Contacts.Add(contact);
        var change = new Change(db, contact, caller, now);
        change.Record("contact-registered", null, version => new ContactRegistered(contact.Id, contact.OrganisationId, WordFor(contact.Kind), version, now));
        change.PhoneAdded(phone);
        change.AddressAdded(address);
        return contact;

        byte[] Seal(string text) => personal.Seal(caller.Organisation, text);
    }

    private static string WordFor(ContactKind kind) => kind == ContactKind.Company ? "company" : "private";

    private static Task<ProblemHttpResult?> AlreadyRegisteredAsync(Caller caller, ContactsDb db, PersonalData personal, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(caller.Organisation, async token =>
            await db.OwnContactAsync(caller, locked: false, token) is { } contact
                ? Problems.Problem(StatusCodes.Status409Conflict, "already-registered", "This number is already registered with the organisation.",
                    extensions: new Dictionary<string, object?> { ["contact"] = ContactView.Of(contact, caller, personal) })
                : null, cancellationToken);

    /// <summary>The form, once everything in it is right.</summary>
    private sealed record Person(string GivenName, string FamilyName, DateOnly? BirthDate, string? CompanyName, string? OrganisationNumber)
    {
        public static (Person? Person, Dictionary<string, string[]> Errors) Read(Request request, ContactKind kind, DateOnly today)
        {
            var errors = new Dictionary<string, string[]>();
            var givenName = Take("givenName", PersonFields.Name(request.GivenName));
            var familyName = Take("familyName", PersonFields.Name(request.FamilyName));
            var isCompany = kind == ContactKind.Company;
            var companyName = isCompany ? Take("companyName", PersonFields.Name(request.CompanyName)) : null;
            var organisationNumber = isCompany ? Take("organisationNumber", PersonFields.OrganisationNumber(request.OrganisationNumber)) : null;
            DateOnly? birthDate = isCompany ? null : Take("birthDate", PersonFields.BirthDate(request.BirthDate, today));
            Take("addressId", ("", ChosenAddress.Fault(request.AddressId)));
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
    }
}
