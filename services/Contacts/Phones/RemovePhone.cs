using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Phones;

/// <summary>Removes a number, but never the last one: nobody could sign in to the entry any more.</summary>
internal static class RemovePhone
{
    public static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        db.ChangeOwnAsync<NoContent>(caller, clock, (change, _) => Task.FromResult<Results<NoContent, ProblemHttpResult>>(
            Remove(id, change) is { } refusal ? refusal : TypedResults.NoContent()), cancellationToken);

    /// <returns>What stands in the way; null where it is done.</returns>
    public static ProblemHttpResult? Remove(Guid id, Change change)
    {
        var current = change.Contact.CurrentPhones.ToList();
        if (current.SingleOrDefault(phone => phone.Id == id) is not { } leaving)
        {
            return OwnContact.NoSuch("phone");
        }
        if (current.Count == 1)
        {
            return Problems.Problem(StatusCodes.Status409Conflict, "last-phone", "The last number can only be removed together with the whole entry.");
        }
        leaving.Remove(change.By, change.At);
        change.PhoneRemoved(leaving);
        return null;
    }
}
