using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Addresses;

/// <summary>Removes an extra address. What the register brought leaves a row that keeps later imports from bringing it again.</summary>
internal static class RemoveAddress
{
    public static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        db.ChangeOwnAsync<NoContent>(caller, clock, (change, _) => Task.FromResult<Results<NoContent, ProblemHttpResult>>(
            Remove(id, change) is { } refusal ? refusal : TypedResults.NoContent()), cancellationToken);

    /// <returns>What stands in the way; null where it is done.</returns>
    public static ProblemHttpResult? Remove(Guid id, Change change)
    {
        var current = change.Contact.CurrentAddresses.ToList();
        switch (current.SingleOrDefault(address => address.Id == id))
        {
            case null:
                return OwnContact.NoSuch("address");
            case var _ when current.Count == 1:
                return Problems.Problem(StatusCodes.Status409Conflict, "last-address", "The last address can only be removed together with the whole entry.");
            case { Main: true }:
                return Problems.Problem(StatusCodes.Status409Conflict, "main-address", "Make another address the main one first.");
            case { Source: Source.PublicRegister } address:
                address.Remove(change.At);
                change.AddressRemoved(address);
                return null;
            case var address:
                change.Db.Remove(address);
                change.AddressRemoved(address);
                return null;
        }
    }
}
