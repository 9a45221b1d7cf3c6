using MassTransit;

namespace Ums.Messages.Events;

/// <param name="Purpose"><c>pin</c> or <c>alert</c>.</param>
/// <param name="Channel"><c>sms</c> or <c>voice</c>.</param>
[MessageUrn("ums:message-accepted"), Contract("notifier")]
public sealed record MessageAccepted(Guid MessageId, Guid OrganisationId, string Purpose, string Channel, DateTimeOffset OccurredAt);

[MessageUrn("ums:message-delivered"), Contract("notifier")]
public sealed record MessageDelivered(Guid MessageId, Guid OrganisationId, string Purpose, string Channel, DateTimeOffset OccurredAt);

/// <param name="Reason">A stable word, never a provider's free text.</param>
[MessageUrn("ums:message-failed"), Contract("notifier")]
public sealed record MessageFailed(Guid MessageId, Guid OrganisationId, string Purpose, string Channel, string Reason, DateTimeOffset OccurredAt);
