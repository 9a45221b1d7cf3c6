using MassTransit;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Messaging;

namespace Ums.Geocoding.Addresses;

/// <summary>Answers each address that a contact added with its position and keys, or with the reason why there is none. Once, however often it is asked.</summary>
internal sealed class LocateAddressConsumer(AddressesDbContext db, TimeProvider clock) : IConsumer<AddressAdded>
{
    public Task Consume(ConsumeContext<AddressAdded> context)
    {
        var added = context.Message;
        var message = context.MessageId ?? throw new InvalidOperationException("The message has no id.");
        return db.OnceAsync(added.OrganisationId, "locate-address", message, token => AnswerAsync(added, token), context.CancellationToken);
    }

    private async Task AnswerAsync(AddressAdded added, CancellationToken cancellationToken)
    {
        var address = Address.CanBeId(added.AddressId)
            ? await db.Addresses.AsNoTracking().FirstOrDefaultAsync(row => row.Id == added.AddressId, cancellationToken)
            : null;
        if (address is null)
        {
            db.Publish(new AddressNotLocated(
                added.ContactId, added.OrganisationId, added.ContactAddressId, added.AddressId, "unknown-address", clock.GetUtcNow()));
            return;
        }

        db.Publish(new AddressLocated(
            added.ContactId, added.OrganisationId, added.ContactAddressId, address.Id, address.Latitude, address.Longitude,
            address.Gnr, address.Bnr, address.Fnr, address.Snr, clock.GetUtcNow()));
    }
}
