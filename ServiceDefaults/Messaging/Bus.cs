using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ums.ServiceDefaults.Database;

namespace Ums.ServiceDefaults.Messaging;

public static class Bus
{
    /// <summary>
    /// Joins the bus named by the connection string <c>messaging</c>. Queues carry the service's name as prefix and are quorum queues; a consumer that throws is
    /// tried three times and its message then lies in the queue's <c>_error</c>.
    /// </summary>
    /// <param name="service">The resource name, such as <c>identity</c>.</param>
    /// <param name="consumers">Adds the service's consumers.</param>
    public static IHostApplicationBuilder AddUmsBus(
        this IHostApplicationBuilder builder, string service, Action<IBusRegistrationConfigurator>? consumers = null)
    {
        var address = builder.Configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("ConnectionStrings:messaging is not set: give the address of RabbitMQ, amqp://user:password@host:port/vhost.");
        builder.Services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = false);
        builder.Services.AddMassTransit(bus =>
        {
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(service, includeNamespace: false));
            consumers?.Invoke(bus);
            bus.AddConfigureEndpointsCallback((_, endpoint) =>
            {
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue(1);
                    rabbit.SetQueueArgument("x-delivery-limit", 10);
                    rabbit.PrefetchCount = 32;
                }
                endpoint.UseMessageRetry(retry => retry.Intervals(100, 500, 2000));
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(address));
                rabbit.ConfigureEndpoints(context);
            });
        });
        return builder;
    }

    internal static void AddOutbox<TContext>(this IHostApplicationBuilder builder) where TContext : UmsDbContext
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Outbox").Get<OutboxOptions>() ?? new OutboxOptions());
        builder.Services.AddHostedService<OutboxRelay>();
    }
}
