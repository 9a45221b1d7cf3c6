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
                await db.OptOuts.Where(optOut => optOut.RegisterKey == key).ExecuteDeleteAsync(token);
            }
            return TypedResults.NoContent();
        }, cancellationToken);
    }
}
