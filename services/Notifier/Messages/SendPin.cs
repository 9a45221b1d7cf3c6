using System.Security.Cryptography;
using Ums.Messages.Events;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;
using Ums.Notifier.Texts;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Messages;

/// <summary>
/// Delivers one PIN, at most once, by whichever road the request came and however often: the message and its first attempt commit before the provider is
/// called, and a second message for the same delivery finds the place taken. What may have left is never sent again; a resend is the resident's, with a new PIN.
/// </summary>
internal sealed partial class SendPin(
    IMessageStore store, HandOver handOver, ProviderRoutes routes, PersonalData personal, PinSeal seal, PortalHost portal, TimeProvider clock, ILogger<SendPin> log)
{
    /// <param name="messageId">Of the bus message; the same on both roads.</param>
    /// <exception cref="CryptographicException">The seal is not Identity's, or was altered.</exception>
    public async Task HandleAsync(Guid messageId, PinRequested request, CancellationToken cancellationToken)
    {
        var pin = seal.Open(request);
        var message = NewMessage(request, pin);
        var (isNew, attempt) = await store.TakeAsync(messageId, message, () => routes.Choose(message.Channel, []).Name, cancellationToken);
        if (!isNew)
        {
            SeenBefore(log, request.DeliveryId);
            return;
        }
        if (attempt is null)
        {
            CameTooLate(log, request.DeliveryId);
            return;
        }
        // The attempt stands, so whoever asked may lose patience; the call is made all the same.
        await handOver.RunAsync(message, attempt, pin.Phone, From(message.Channel, pin), Language.Of(pin.Language), () => Words(message, pin));
    }

    private Message NewMessage(PinRequested request, PinDelivery pin)
    {
        var now = clock.GetUtcNow();
        var channel = Enum.Parse<Channel>(request.Channel, ignoreCase: true);
        var expired = request.ExpiresAt <= now;
        return new Message
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = request.OrganisationId,
            Purpose = Message.Pin,
            SourceId = request.DeliveryId,
            Channel = channel,
            Phone = personal.Seal(request.OrganisationId, PhoneNumber.Parse(pin.Phone).E164),
            Parts = channel == Channel.Voice ? 1 : SmsText.Count(PinText.Sms(pin.Language, pin.OrganisationName, pin.Pin, request.ExpiresAt - now, portal.Host)[0].Text).Parts,
            State = expired ? DeliveryState.Expired : DeliveryState.Sending,
            Reason = expired ? "expired" : null,
            ExpiresAt = request.ExpiresAt,
            CreatedAt = now,
            ChangedAt = now,
        };
    }

    private Phrase[] Words(Message message, PinDelivery pin)
    {
        var left = message.ExpiresAt - clock.GetUtcNow();
        return message.Channel == Channel.Sms
            ? PinText.Sms(pin.Language, pin.OrganisationName, pin.Pin, left, portal.Host)
            : PinText.Call(pin.Language, pin.OrganisationName, pin.Pin, left);
    }

    private static string From(Channel channel, PinDelivery pin) => channel == Channel.Sms ? pin.SenderName : pin.CallerId ?? "";

    [LoggerMessage(1, LogLevel.Information, "Delivery {DeliveryId} had been taken before")]
    private static partial void SeenBefore(ILogger logger, Guid deliveryId);

    [LoggerMessage(2, LogLevel.Warning, "Delivery {DeliveryId} came after its PIN had expired and was not sent")]
    private static partial void CameTooLate(ILogger logger, Guid deliveryId);
}

/// <summary>Opens what Identity sealed.</summary>
internal sealed class PinSeal(IConfiguration configuration)
{
    private readonly byte[] key = configuration.Required("PinDelivery");

    /// <exception cref="CryptographicException">The seal is not Identity's, was altered, or holds no PIN.</exception>
    public PinDelivery Open(PinRequested request)
    {
        var pin = PinDelivery.Open(key, request.Sealed, request.PinRequestId, request.DeliveryId);
        return pin is { Phone: not null, Pin.Length: >= 4 and <= 10, Language: not null, SenderName: not null, OrganisationName: not null } && pin.Pin.All(char.IsAsciiDigit)
            ? pin
            : throw new CryptographicException("The sealed body is not a delivery.");
    }
}

/// <summary>The host that residents see: codes are bound to it.</summary>
internal sealed class PortalHost(IConfiguration configuration)
{
    public string Host { get; } = new Uri(configuration["Tokens:Issuer"]
        ?? throw new InvalidOperationException("Tokens:Issuer is not set: give the gateway's public address with a trailing slash.")).Host;
}
