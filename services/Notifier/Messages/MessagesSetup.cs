using MassTransit;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Messages;

internal static class MessagesSetup
{
    public static IHostApplicationBuilder AddMessages(this IHostApplicationBuilder builder)
    {
        // Made here, so that a service without its keys does not come up.
        builder.Services.AddSingleton(new PersonalData(builder.Configuration));
        builder.Services.AddSingleton(new PinSeal(builder.Configuration));
        builder.Services.AddSingleton(new PortalHost(builder.Configuration));
        builder.Services.AddScoped<IMessageStore, MessageStore>();
        builder.Services.AddScoped<HandOver>();
        builder.Services.AddScoped<SendPin>();
        builder.Services.AddHostedService<WarmUp>();
        builder.Services.AddHostedService<StuckAttempts>();
        builder.Services.AddHostedService<Retention>();
        return builder;
    }

    public static void AddPinLane(this IBusRegistrationConfigurator bus) => bus.AddConsumer<SendPinConsumer, SendPinConsumerDefinition>();

    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder routes)
    {
        // Anonymous, because the seal is the credential: only Identity can make a body that this service opens, and only once per delivery. Asking Identity
        // for a token would tie the road that must work in trouble to one more thing in trouble. The gateway never routes /internal.
        routes.MapPost("/internal/messages/pin-requested", AcceptPinRequested.Handle).AllowAnonymous().ExcludeFromDescription();
        return routes;
    }
}
