using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Events;

namespace Ums.Contacts.Contacts;

/// <summary>
/// "Ta bort inmatning". An entry that the resident made is erased. A public-register record loses what the resident added and is switched off, for later
/// imports too: the record itself is the register's to end.
/// </summary>
internal static class RemoveContact
{
    public static Task<Results<NoContent, ProblemHttpResult>> Handle(Caller caller, ContactsDb db, TimeProvider clock, CancellationToken cancellationToken) =>
        db.ChangeOwnAsync<NoContent>(caller, clock, async (change, token) =>
        {
            if (change.Contact.Source == Source.PublicRegister)
            {
                await SwitchOffAsync(change, token);
            }
            else
            {
                Erase(change);
            }
            return TypedResults.NoContent();
        }, cancellationToken);

    private static void Erase(Change change)
    {
        var contact = change.Contact;
        change.Record("contact-removed", null, version => new ContactRemoved(contact.Id, contact.OrganisationId, version, change.At));
        change.Db.Contacts.Remove(contact);
    }

    private static async Task SwitchOffAsync(Change change, CancellationToken cancellationToken)
    {
        var (db, contact) = (change.Db, change.Contact);
        await db.Database.ExecuteSqlAsync(
            $"insert into opt_outs (organisation_id, register_key, at) values ({contact.OrganisationId}, {contact.RegisterKey}, {change.At}) on conflict do nothing",
            cancellationToken);
        foreach (var phone in contact.CurrentPhones.Where(phone => phone.Source == Source.SupplementaryRegister).ToList())
        {
            phone.Remove(change.By, change.At);
            change.PhoneRemoved(phone);
        }
        foreach (var address in contact.CurrentAddresses.Where(address => address.Source == Source.SupplementaryRegister).ToList())
        {
            contact.Addresses.Remove(address);
            db.Remove(address);
            change.AddressRemoved(address);
        }
        foreach (var address in contact.CurrentAddresses.Where(address => address.Alerts).ToList())
        {
            address.SwitchAlerts(false);
            change.AlertsSwitched(address);
        }
        // The rows that left must be gone before another becomes the main one.
        await db.SaveChangesAsync(cancellationToken);
        contact.MainChosen = false;
        if (contact.CurrentAddresses.FirstOrDefault() is { Main: false } first)
        {
            first.Main = true;
        }
        change.Record("sending-switched-off", null, version => new ContactChanged(contact.Id, contact.OrganisationId, "sendingOff", version, change.At));
    }
}
