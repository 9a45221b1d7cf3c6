using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Addresses;

/// <summary>"Inaktivera varningar" for one address, and back.</summary>
internal static class SwitchAlerts
{
    public sealed record Request(bool? Enabled);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Request request, Caller caller, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.Enabled is not { } enabled)
        {
            return Problems.Invalid("enabled", "required");
        }
        return await db.ChangeOwnAsync<NoContent>(caller, clock, async (change, token) =>
            await SwitchAsync(id, enabled, change, token) is { } refusal ? refusal : TypedResults.NoContent(), cancellationToken);
    }

    /// <returns>What stands in the way; null where it is done.</returns>
    public static async Task<ProblemHttpResult?> SwitchAsync(Guid id, bool enabled, Change change, CancellationToken cancellationToken)
    {
        var contact = change.Contact;
        if (contact.CurrentAddresses.SingleOrDefault(address => address.Id == id) is not { } address)
        {
            return OwnContact.NoSuch("address");
        }
        if (address.Alerts != enabled)
        {
            address.SwitchAlerts(enabled);
            change.AlertsSwitched(address);
        }
        if (enabled && contact.RegisterKey is { } key)
        {
            // Whoever switches one on again is no longer out of it altogether.
            await change.Db.OptOuts.Where(optOut => optOut.RegisterKey == key).ExecuteDeleteAsync(cancellationToken);
        }
        return null;
    }
}
