using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Contacts.Phones;
using Ums.Contacts.Places;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>An operator enters somebody who asked to be warned and cannot do it themselves.</summary>
internal static class AddRecord
{
    /// <param name="BirthDate">YYYYMMDD; private persons only.</param>
    /// <param name="CompanyName">Company contacts only, as is <paramref name="OrganisationNumber"/>.</param>
    /// <param name="AddressId">One of Geocoding's matches.</param>
    /// <param name="Protected">Somebody with a protected identity.</param>
    public sealed record Request(
        ContactKind Kind, string? GivenName, string? FamilyName, string? BirthDate, string? CompanyName, string? OrganisationNumber, string? Phone, string? AddressId,
        bool NameHidden, bool Protected, string? Reason);

    public static async Task<Results<Created<RecordView>, ProblemHttpResult>> Handle(
        Request request, RecordCaller caller, ChosenAddress chosen, RecordKeeper keeper, ContactsDb db, PersonalData personal, AuditTrail audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var today = AgeLimit.SwedishDay(now);
        var (person, errors) = Person.Read(new Person.Form(
            request.GivenName, request.FamilyName, request.BirthDate, request.CompanyName, request.OrganisationNumber, request.AddressId), request.Kind, today);
        if (!PhoneNumber.TryParse(request.Phone, norwegian: true, out var number, out var fault))
        {
            errors["phone"] = [string.IsNullOrWhiteSpace(request.Phone) ? "required" : PhoneFault(fault)];
        }
        var (reason, unfit) = Reason.Optional(request.Reason);
        if (person is null || number is null || unfit is not null)
        {
            return unfit ?? Problems.Invalid(errors);
        }
        if (person.BirthDate is { } born && !AgeLimit.IsOldEnough(born, today))
        {
            return Problems.Problem(StatusCodes.Status422UnprocessableEntity, "under-16", "Nobody under 16 is entered.");
        }
        var (facts, refusal) = await chosen.ResolveAsync(request.AddressId, caller.Slug, cancellationToken);
        if (facts is null)
        {
            return refusal!;
        }
        var beginning = new Person.Beginning(caller.Organisation, request.Kind, number, personal.Index(caller.Organisation, number.E164), facts,
            request.NameHidden, request.Protected, caller.Author);
        try
        {
            var view = await db.InOrganisationAsync(caller.Organisation, async token =>
            {
                var contact = person.Register(db, beginning, personal, now).Contact;
                await IndexNames.WriteAsync(db, contact, personal, token);
                var added = await keeper.ViewAsync(contact, open: false, token);
                await audit.AppendAsync(db, caller.Organisation, caller.Did("contact-added", contact.Id, reason), token);
                return added;
            }, cancellationToken);
            return TypedResults.Created($"/api/contacts/{view.Id}", view);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("phones_one_holder"))
        {
            return AddPhone.Taken();
        }
    }

    internal static string PhoneFault(PhoneRefusal refusal) => refusal == PhoneRefusal.NotAllowed ? "phone-not-allowed" : "invalid-phone";
}
