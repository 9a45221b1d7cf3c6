using MassTransit;

namespace Ums.Messages.Commands;

/// <summary>
/// Asks Notifier to remind a resident, in the organisation's name, of saying whether their own entry is still right. It says nothing of what is in it.
/// </summary>
/// <param name="ReminderId">One message each, however often this comes.</param>
/// <param name="Channel">sms or voice.</param>
/// <param name="Sealed">The phone in E.164, sealed for the organisation.</param>
/// <param name="AnswerBy">Then the entry becomes passive.</param>
/// <param name="ExpiresAt">Not sent any more afterwards.</param>
[MessageUrn("ums:ask-to-confirm"), Contract("contacts", "notifier")]
public sealed record AskToConfirm(
    Guid ReminderId, Guid ContactId, Guid OrganisationId, string Channel, byte[] Sealed, DateTimeOffset AnswerBy, DateTimeOffset ExpiresAt, DateTimeOffset OccurredAt);
