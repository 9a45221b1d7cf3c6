using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using MassTransit;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Reminders;

/// <summary>What is no question to anybody ends in the queue's <c>_error</c>.</summary>
internal sealed class AskToConfirmConsumer(SendReminder reminders, PersonalData personal) : IConsumer<AskToConfirm>
{
    public Task Consume(ConsumeContext<AskToConfirm> context)
    {
        var asked = context.Message;
        return context.MessageId is { } messageId && asked.ReminderId != Guid.Empty && asked.OrganisationId != Guid.Empty && asked.Channel is "sms" or "voice"
            ? reminders.HandleAsync(messageId, asked, Open(asked), context.CancellationToken)
            : throw new ValidationException("Not a request to remind a resident.");
    }

    private PhoneNumber Open(AskToConfirm asked)
    {
        try
        {
            return PhoneNumber.Parse(personal.Open(asked.OrganisationId, asked.Sealed ?? []));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new ValidationException("Not a phone that this service can open.");
        }
    }
}

/// <summary>Few at a time: nobody waits for them, and PINs and alerts share the providers.</summary>
internal sealed class AskToConfirmConsumerDefinition : ConsumerDefinition<AskToConfirmConsumer>
{
    public AskToConfirmConsumerDefinition() => ConcurrentMessageLimit = 4;
}
