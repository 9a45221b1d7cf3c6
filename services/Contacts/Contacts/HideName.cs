using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Contacts;

/// <summary>Hides the name from the organisation's own staff too, or shows it again.</summary>
internal static class HideName
{
    public sealed record Request(bool? Hidden);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Request request, Caller caller, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.Hidden is not { } hidden)
        {
            return Problems.Invalid("hidden", "required");
        }
        return await db.ChangeOwnAsync<NoContent>(caller, clock, (change, _) =>
        {
            var contact = change.Contact;
            if (contact.NameHidden != hidden)
            {
                contact.NameHidden = hidden;
                change.Record(hidden ? "name-hidden" : "name-shown", "nameHidden", version =>
                    new ContactChanged(contact.Id, contact.OrganisationId, "nameVisibility", version, change.At));
            }
            return Task.FromResult<Results<NoContent, ProblemHttpResult>>(TypedResults.NoContent());
        }, cancellationToken);
    }
}
