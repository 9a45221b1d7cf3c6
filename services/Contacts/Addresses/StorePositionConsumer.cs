using MassTransit;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Messaging;

namespace Ums.Contacts.Addresses;

/// <summary>Stores the pin and property keys that Geocoding found for an address, or why it found none. An address removed meanwhile is left alone.</summary>
internal sealed class StorePositionConsumer(ContactsDb db) : IConsumer<AddressLocated>, IConsumer<AddressNotLocated>
{
    private const string Endpoint = "contacts-store-position";

    public Task Consume(ConsumeContext<AddressLocated> context)
    {
        var found = context.Message;
        return db.OnceAsync(found.OrganisationId, Endpoint, context.MessageId!.Value, token => db.Addresses
            .Where(address => address.Id == found.ContactAddressId && address.AddressId == found.AddressId)
            .ExecuteUpdateAsync(address => address
                .SetProperty(a => a.Latitude, found.Latitude)
                .SetProperty(a => a.Longitude, found.Longitude)
                .SetProperty(a => a.Gnr, found.Gnr)
                .SetProperty(a => a.Bnr, found.Bnr)
                .SetProperty(a => a.Fnr, found.Fnr)
                .SetProperty(a => a.Snr, found.Snr)
                .SetProperty(a => a.NotLocated, (string?)null), token), context.CancellationToken);
    }

    public Task Consume(ConsumeContext<AddressNotLocated> context)
    {
        var missed = context.Message;
        return db.OnceAsync(missed.OrganisationId, Endpoint, context.MessageId!.Value, token => db.Addresses
            .Where(address => address.Id == missed.ContactAddressId && address.AddressId == missed.AddressId && address.Latitude == null)
            .ExecuteUpdateAsync(address => address.SetProperty(a => a.NotLocated, missed.Reason), token), context.CancellationToken);
    }
}
