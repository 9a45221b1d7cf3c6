using MassTransit;

namespace Ums.Messages.Events;

/// <summary>A PIN is to be delivered. Only Notifier can open <paramref name="Sealed"/> (AES-GCM, bound to <paramref name="PinRequestId"/>).</summary>
/// <param name="PinRequestId">The request; its own id for each resend is <paramref name="DeliveryId"/>.</param>
/// <param name="DeliveryId">One for each PIN made: the first and each resend.</param>
/// <param name="Channel"><c>sms</c> or <c>voice</c>.</param>
/// <param name="Sealed">Phone, PIN, language and sender, sealed.</param>
/// <param name="ExpiresAt">After this the PIN is worthless and is not sent.</param>
[MessageUrn("ums:pin-requested"), Contract("identity", "notifier", Urgent = true)]
public sealed record PinRequested(
    Guid PinRequestId, Guid DeliveryId, Guid OrganisationId, string Channel, byte[] Sealed, DateTimeOffset ExpiresAt, DateTimeOffset OccurredAt);

[MessageUrn("ums:pin-verified"), Contract("identity")]
public sealed record PinVerified(Guid PinRequestId, Guid OrganisationId, string Channel, DateTimeOffset OccurredAt);

[MessageUrn("ums:pin-locked-out"), Contract("identity")]
public sealed record PinLockedOut(Guid PinRequestId, Guid OrganisationId, DateTimeOffset OccurredAt);

/// <summary>Name, coverage or settings of an organisation changed; fetch what you need.</summary>
[MessageUrn("ums:organisation-changed"), Contract("identity")]
public sealed record OrganisationChanged(Guid OrganisationId, string Slug, long Version, DateTimeOffset OccurredAt);
