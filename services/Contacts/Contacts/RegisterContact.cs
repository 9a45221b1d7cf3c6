using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Places;
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
        var (person, errors) = Person.Read(new Person.Form(
            request.GivenName, request.FamilyName, request.BirthDate, request.CompanyName, request.OrganisationNumber, request.AddressId), caller.Kind, today);
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
            var beginning = new Person.Beginning(
                caller.Organisation, caller.Kind, caller.Phone, caller.PhoneIndex, facts, request.NameHidden, Protected: false, caller.Author);
            var change = await db.InOrganisationAsync(caller.Organisation, _ => Task.FromResult(person.Register(db, beginning, personal, now)), cancellationToken);
            return TypedResults.Created("/api/contact", ContactView.Of(change.Contact, caller, personal));
        }
        catch (DbUpdateException e) when (e.IsDuplicate("phones_one_holder"))
        {
            // The same form twice at once: the first one won.
            return await AlreadyRegisteredAsync(caller, db, personal, cancellationToken) ?? OwnContact.NotRegistered();
        }
    }

    private static Task<ProblemHttpResult?> AlreadyRegisteredAsync(Caller caller, ContactsDb db, PersonalData personal, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(caller.Organisation, async token =>
            await db.OwnContactAsync(caller, locked: false, token) is { } contact
                ? Problems.Problem(StatusCodes.Status409Conflict, "already-registered", "This number is already registered with the organisation.",
                    extensions: new Dictionary<string, object?> { ["contact"] = ContactView.Of(contact, caller, personal) })
                : null, cancellationToken);
}
