using MassTransit;

namespace Ums.Messages.Commands;

/// <summary>
/// Asks Contacts for everyone whom an alert is for. Contacts answers with <see cref="AudienceBatch"/> until one of them is the last. Asked again it goes on, says
/// again what was lost on the way, and never answers a batch twice with different people.
/// </summary>
/// <param name="Expected">How many phones were counted before; a hint for how to divide the work, nothing more.</param>
/// <param name="From">All batches below this number have come; what was answered from it on is said again. 0 for the first time.</param>
/// <param name="Sealed">An <see cref="Audience"/> as JSON, sealed for the organisation: lists hold phone numbers.</param>
[MessageUrn("ums:resolve-audience"), Contract("notifier", "contacts")]
public sealed record ResolveAudience(Guid AlertId, Guid OrganisationId, int Expected, int From, byte[] Sealed, DateTimeOffset OccurredAt);

/// <summary>Some of an alert's audience. No phone is in two batches of one alert.</summary>
/// <param name="Number">From 0, without a gap.</param>
/// <param name="IsLast">None follows; the last may be empty.</param>
/// <param name="Count">How many are in it; 1,000 at most.</param>
/// <param name="Sealed">An array of <see cref="AudienceMember"/> as JSON, sealed for the organisation.</param>
[MessageUrn("ums:audience-batch"), Contract("contacts", "notifier")]
public sealed record AudienceBatch(Guid AlertId, Guid OrganisationId, int Number, bool IsLast, int Count, byte[] Sealed, DateTimeOffset OccurredAt);
