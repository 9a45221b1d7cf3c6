using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>
/// Finds people by name, number or address; what is given must all fit. It is a POST, so that nobody's name stands in an address or a log. Nobody is found by
/// what they hid: a hidden name not by name, a protected identity by their number only.
/// </summary>
internal static class SearchRecords
{
    private const int DefaultLimit = 20;
    private const int LargestLimit = 50;
    private const int LongestName = 200;

    /// <param name="Name">Any whole words of the name, or the company's.</param>
    /// <param name="Phone">The whole number, however written.</param>
    /// <param name="Address">The beginning of a street, with or without number and postcode; or a postcode.</param>
    /// <param name="After">The last id of the page before.</param>
    /// <param name="Limit">1 to 50.</param>
    public sealed record Request(string? Name, string? Phone, string? Address, Guid? After = null, int? Limit = null);

    /// <param name="GivenName">Null where it is hidden.</param>
    /// <param name="Phone">One of them.</param>
    /// <param name="Address">The main one.</param>
    public sealed record Person(
        Guid Id, ContactKind Kind, string? GivenName, string? FamilyName, string? CompanyName, bool Masked, bool Protected, bool Restricted, bool Objects, Source Source,
        string? Phone, int Phones, RecordAddress? Address, int Addresses);

    /// <param name="After">For the next page; null where none follows.</param>
    /// <param name="NamesPending">Some names are so new that they cannot be found yet.</param>
    public sealed record Response(IReadOnlyList<Person> People, Guid? After, bool NamesPending);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, RecordCaller caller, Organisations organisations, ContactsDb db, PersonalData personal, AuditTrail audit, CancellationToken cancellationToken)
    {
        var (sought, errors) = Read(request, caller, personal);
        if (sought is null)
        {
            return Problems.Invalid(errors);
        }
        var most = request.Limit ?? DefaultLimit;
        var municipalities = sought.Address?.Street is null ? null : (await organisations.FindAsync(caller.Slug, cancellationToken))?.MunicipalityCodes;
        return TypedResults.Ok(await db.InOrganisationAsync(caller.Organisation, async token =>
        {
            var ids = await sought.FindAsync(db, municipalities, request.After, most + 1, token);
            var (page, more) = (ids.Take(most).ToList(), ids.Count > most);
            var contacts = await db.Contacts.AsNoTracking().Include(contact => contact.Phones).Include(contact => contact.Addresses).AsSplitQuery()
                .Where(contact => page.Contains(contact.Id)).OrderBy(contact => contact.Id).ToListAsync(token);
            var pending = sought.Words.Length > 0 && await db.Contacts.AnyAsync(contact => !contact.Named, token);
            await audit.AppendAsync(db, caller.Organisation,
                [caller.Did("contacts-searched", null, detail: sought.ToString()), .. page.Select(id => caller.Did("contact-found", id))], token);
            return new Response([.. contacts.Select(contact => Shown(contact, personal))], more ? page[^1] : null, pending);
        }, cancellationToken));
    }

    private static Person Shown(Contact contact, PersonalData personal)
    {
        var view = RecordView.Of(contact, sendingOff: false, [], open: false, personal);
        return new Person(view.Id, view.Kind, view.GivenName, view.FamilyName, view.CompanyName, view.Masked, view.Protected, view.Restriction is not null, view.Objection is not null,
            view.Source, view.Phones is [var phone, ..] ? phone.Number : null, view.Phones.Count, view.Addresses is [var address, ..] ? address : null, view.Addresses.Count);
    }

    private static (Sought? Sought, Dictionary<string, string[]> Errors) Read(Request request, RecordCaller caller, PersonalData personal)
    {
        var errors = new Dictionary<string, string[]>();
        var (words, phone, address) = (Array.Empty<long>(), default(byte[]), default(AddressText));
        if (!string.IsNullOrWhiteSpace(request.Name))
        {
            var fault = request.Name.Length > LongestName ? "too-long" : PersonFields.Name(request.Name).Fault;
            var typed = fault is null ? NameWords.Of(request.Name) : [];
            words = NameWords.Keys(personal, caller.Organisation, typed);
            Check("name", fault ?? (typed.Any(word => word.Length > 1) ? null : "too-short"));
        }
        if (!string.IsNullOrWhiteSpace(request.Phone))
        {
            var isNumber = PhoneNumber.TryParse(request.Phone, norwegian: true, out var number, out var refusal);
            phone = isNumber ? personal.Index(caller.Organisation, number!.E164) : null;
            Check("phone", isNumber ? null : AddRecord.PhoneFault(refusal));
        }
        if (!string.IsNullOrWhiteSpace(request.Address))
        {
            (address, var fault) = AddressText.Read(request.Address);
            Check("address", fault);
        }
        Check("limit", request.Limit is < 1 or > LargestLimit ? "out-of-range" : null);
        if (errors.Count == 0 && words.Length == 0 && phone is null && address is null)
        {
            Check("name", "required");
        }
        return errors.Count > 0 ? (null, errors) : (new Sought(words, phone, address), errors);

        void Check(string field, string? fault)
        {
            if (fault is not null)
            {
                errors[field] = [fault];
            }
        }
    }
}
