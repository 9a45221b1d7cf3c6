using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Addresses;

/// <summary>Makes one address the main one; the old main address becomes an extra one.</summary>
internal static class MakeMain
{
    public static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Caller caller, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        db.ChangeOwnAsync<NoContent>(caller, clock, async (change, token) =>
            await MakeAsync(id, change, token) is { } refusal ? refusal : TypedResults.NoContent(), cancellationToken);

    /// <returns>What stands in the way; null where it is done.</returns>
    public static async Task<ProblemHttpResult?> MakeAsync(Guid id, Change change, CancellationToken cancellationToken)
    {
        if (change.Contact.CurrentAddresses.SingleOrDefault(address => address.Id == id) is not { } address)
        {
            return OwnContact.NoSuch("address");
        }
        if (!address.Main)
        {
            await StepDownAsync(change, cancellationToken);
            address.Main = true;
            change.MainAddressChanged(address);
        }
        change.Contact.MainChosen = true;
        return null;
    }

    /// <summary>In a statement of its own: the unique index allows one main address at every moment.</summary>
    public static async Task StepDownAsync(Change change, CancellationToken cancellationToken)
    {
        foreach (var main in change.Contact.CurrentAddresses.Where(address => address.Main))
        {
            main.Main = false;
        }
        await change.Db.SaveChangesAsync(cancellationToken);
    }
}
