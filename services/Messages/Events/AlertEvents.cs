using MassTransit;

namespace Ums.Messages.Events;

/// <param name="Expected">Phones counted when it was submitted.</param>
[MessageUrn("ums:alert-submitted"), Contract("notifier")]
public sealed record AlertSubmitted(Guid AlertId, Guid OrganisationId, string Category, int Expected, DateTimeOffset OccurredAt);

[MessageUrn("ums:alert-approved"), Contract("notifier")]
public sealed record AlertApproved(Guid AlertId, Guid OrganisationId, DateTimeOffset? SendAt, DateTimeOffset OccurredAt);

/// <summary>How far an alert has come, once a second at most while its counts move. There is no message for each recipient: a million would be the bus's whole day.</summary>
/// <param name="Recipients">All that are known so far.</param>
/// <param name="Accepted">The provider has it, and nothing has been heard since.</param>
[MessageUrn("ums:alert-progressed"), Contract("notifier")]
public sealed record AlertProgressed(
    Guid AlertId, Guid OrganisationId, int Recipients, int Accepted, int Delivered, int Failed, int Acknowledged, DateTimeOffset OccurredAt);

/// <summary>Everyone is in a final state.</summary>
[MessageUrn("ums:alert-completed"), Contract("notifier")]
public sealed record AlertCompleted(Guid AlertId, Guid OrganisationId, int Recipients, int Delivered, int Failed, int Expired, DateTimeOffset OccurredAt);

/// <param name="HandedOver">How many had gone by then.</param>
[MessageUrn("ums:alert-cancelled"), Contract("notifier")]
public sealed record AlertCancelled(Guid AlertId, Guid OrganisationId, int HandedOver, DateTimeOffset OccurredAt);
