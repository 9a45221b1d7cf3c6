using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Contacts;

internal static class ReadContact
{
    public static Task<Results<Ok<ContactView>, ProblemHttpResult>> Handle(Caller caller, ContactsDb db, PersonalData personal, CancellationToken cancellationToken) =>
        db.InOrganisationAsync<Results<Ok<ContactView>, ProblemHttpResult>>(caller.Organisation, async token =>
            await db.OwnContactAsync(caller, locked: false, token) is { } contact
                ? TypedResults.Ok(ContactView.Of(contact, caller, personal))
                : OwnContact.NotRegistered(), cancellationToken);
}
