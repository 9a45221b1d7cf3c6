using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;
using MassTransit.RabbitMqTransport.Configuration;
using RabbitMQ.Client.Exceptions;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// How soon consumers come back to a broker that was away. MassTransit's own policy, which no setting changes, waits up to 30 seconds between tries, and gives up for good where the
/// broker once refuses the password, as one does whose users are not loaded yet. Ours is the same but for those two; <c>docs/decisions/018</c> says why it reaches into MassTransit.
/// </summary>
internal static class Reattachment
{
    public static void Soon(IRabbitMqBusFactoryConfigurator bus) =>
        Policy((RabbitMqHostConfiguration)Host((RabbitMqBusFactoryConfigurator)bus)) = Retry.CreatePolicy(policy =>
        {
            policy.Handle<ConnectionException>();
            policy.Handle<AlreadyClosedException>();
            policy.Handle<EndOfStreamException>();
            policy.Handle<AuthenticationFailureException>();
            policy.Handle<OperationInterruptedException>(exception => exception.ChannelShouldBeClosed());
            policy.Handle<NotSupportedException>(exception => exception.Message.Contains("Pipelining of requests forbidden", StringComparison.Ordinal));
            policy.Exponential(1000, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        });

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_hostConfiguration")]
    private static extern ref IRabbitMqHostConfiguration Host(RabbitMqBusFactoryConfigurator bus);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<ReceiveTransportRetryPolicy>k__BackingField")]
    private static extern ref IRetryPolicy Policy(RabbitMqHostConfiguration host);
}
