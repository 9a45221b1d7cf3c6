using Ums.Identity.Organisations;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Pins;

/// <summary>Hands a PIN to Notifier, in the transaction that writes its hash, under a seal that only Notifier opens.</summary>
internal sealed class PinOutbox(IdentityDb db, IConfiguration configuration)
{
    private readonly byte[] key = configuration.Required("PinDelivery");

    public void Add(PinRequest request, Organisation organisation, PhoneNumber phone, Pin pin)
    {
        var delivery = new PinDelivery(
            phone.E164, pin.Digits, organisation.Language, organisation.SmsSenderName, organisation.VoiceCallerId, organisation.Name);
        db.Publish(new PinRequested(
            request.Id, request.DeliveryId, organisation.Id, request.Channel, delivery.Seal(key, request.Id, request.DeliveryId),
            request.ExpiresAt, request.SentAt));
        PinMetrics.Sent.Add(1, new KeyValuePair<string, object?>("channel", request.Channel));
    }
}
