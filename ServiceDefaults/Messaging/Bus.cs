using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Messaging;

public static class Bus
{
    /// <summary>
    /// Joins the bus named by the connection string <c>messaging</c>. The service starts and serves without a broker; its health is then degraded. Queues carry the
    /// service's name as prefix and are quorum queues. A consumer that throws is tried again, and its message then lies in the queue's <c>_error</c>, where health shows it.
    /// </summary>
    /// <param name="service">The resource name, such as <c>identity</c>.</param>
    /// <param name="consumers">Adds the service's consumers.</param>
    public static IHostApplicationBuilder AddUmsBus(
        this IHostApplicationBuilder builder, string service, Action<IBusRegistrationConfigurator>? consumers = null)
    {
        var address = builder.Configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("ConnectionStrings:messaging is not set: give the address of RabbitMQ, amqp://user:password@host:port/vhost.");
        var options = builder.Configuration.GetSection("Bus").Get<BusOptions>() ?? new BusOptions();
        builder.Services.AddSingleton(options);
        builder.Services.AddMassTransit(bus =>
        {
            // It would call its maker's host at every start.
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(service, includeNamespace: false));
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "bus";
                health.MinimalFailureStatus = HealthStatus.Degraded;
            });
            consumers?.Invoke(bus);
            bus.AddConfigureEndpointsCallback((_, name, endpoint) => BusTopology.Queue(name, endpoint, options));
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(address), service, host =>
                {
                    host.Heartbeat(TimeSpan.FromSeconds(10));
                    host.RequestedConnectionTimeout(TimeSpan.FromSeconds(5));
                });
                Reattachment.Soon(rabbit);
                rabbit.OverrideDefaultBusEndpointQueueName($"{service}-bus-{NewId.NextGuid():N}");
                var envelope = new EnvelopeWithoutHost();
                rabbit.ClearSerialization();
                rabbit.AddSerializer(envelope);
                rabbit.AddDeserializer(envelope, isDefault: true);
                BusTopology.Publish(service, rabbit);
                rabbit.ConfigureEndpoints(context);
            });
        });
        builder.Services.RemoveMassTransitHostedService();
        builder.Services.AddHostedService<BusHost>();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<BrokerWatch>(services, new Uri(address)));
        builder.Services.AddHostedService(services => services.GetRequiredService<BrokerWatch>());
        builder.Services.AddHealthChecks().AddCheck<BrokerWatch>("queues", HealthStatus.Degraded);
        return builder;
    }

    internal static void AddOutbox<TContext>(this IHostApplicationBuilder builder) where TContext : UmsDbContext
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Outbox").Get<OutboxOptions>() ?? new OutboxOptions());
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<IOutboxStore, OutboxStore>();
        builder.Services.AddSingleton<IOutboxRoads, OutboxRoads>();
        builder.Services.AddSingleton<OutboxCourier>();
        builder.Services.AddSingleton<OutboxWatch>();
        builder.Services.AddHostedService<OutboxRelay>();
        builder.Services.AddHostedService<OutboxBell>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OutboxWatch>());
        builder.Services.AddHealthChecks().AddCheck<OutboxWatch>("outbox", HealthStatus.Degraded);
    }
}
