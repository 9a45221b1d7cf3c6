using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Confirmations;

/// <summary>"Ja, det stämmer": the resident gives their word for their own entry, which makes it active again where it had become passive.</summary>
internal static class ConfirmContact
{
    /// <summary>Pressed twice, it is one word.</summary>
    private static readonly TimeSpan SameWord = TimeSpan.FromHours(1);

    public static Task<Results<NoContent, ProblemHttpResult>> Handle(Caller caller, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        db.ChangeOwnAsync<NoContent>(caller, clock, (change, _) => Task.FromResult<Results<NoContent, ProblemHttpResult>>(Confirm(change)), cancellationToken);

    private static Results<NoContent, ProblemHttpResult> Confirm(Change change)
    {
        var contact = change.Contact;
        if (contact.Source != Source.SupplementaryRegister)
        {
            return Problems.Problem(StatusCodes.Status409Conflict, "not-own-entry", "The public register answers for this entry; nobody need confirm it.");
        }
        if (contact is { RemindedAt: null, PassiveAt: null } && contact.ConfirmedAt > change.At - SameWord)
        {
            return TypedResults.NoContent();
        }
        var action = contact.PassiveAt is null ? "confirmed" : "made-active";
        (contact.ConfirmedAt, contact.RemindedAt, contact.PassiveAt) = (change.At, null, null);
        change.Record(action, null, version => new ContactChanged(contact.Id, contact.OrganisationId, action == "confirmed" ? "confirmation" : "active", version, change.At));
        return TypedResults.NoContent();
    }
}
