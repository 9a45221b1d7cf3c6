using System.ComponentModel.DataAnnotations;
using MassTransit;
using Ums.Messages.Events;

namespace Ums.Notifier.Messages;

/// <summary>The ordinary road. What cannot be delivered at all, an altered seal for one, ends in the queue's <c>_error</c>, still sealed.</summary>
internal sealed class SendPinConsumer(SendPin sendPin) : IConsumer<PinRequested>
{
    public Task Consume(ConsumeContext<PinRequested> context)
    {
        if (context.MessageId is not { } messageId || AcceptPinRequested.Errors(context.Message).Count > 0)
        {
            throw new ValidationException("Not a request to deliver a PIN.");
        }
        return sendPin.HandleAsync(messageId, context.Message, context.CancellationToken);
    }
}

/// <summary>PINs have a queue of their own, so that nothing else stands before them.</summary>
internal sealed class SendPinConsumerDefinition : ConsumerDefinition<SendPinConsumer>
{
    /// <summary>Calls to the provider under way at once, each waiting without a database connection.</summary>
    public SendPinConsumerDefinition() => ConcurrentMessageLimit = 64;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SendPinConsumer> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = 64;
}
