using MassTransit;

namespace Ums.Notifier.Dispatch;

internal static class DispatchSetup
{
    public static IHostApplicationBuilder AddDispatch(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IDispatchStore, DispatchStore>();
        builder.Services.AddSingleton<StoppedAlerts>();
        builder.Services.AddSingleton<LiveAlerts>();
        builder.Services.AddSingleton<SendClaim>();
        builder.Services.AddSingleton<DispatchRound>();
        builder.Services.AddSingleton<WindUp>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveAlerts>());
        builder.Services.AddHostedService<Dispatcher>();
        builder.Services.AddHostedService<LostClaims>();
        builder.Services.AddHostedService<KeepAlerts>();
        return builder;
    }

    public static void AddAudienceLane(this IBusRegistrationConfigurator bus) => bus.AddConsumer<TakeAudienceBatchConsumer, TakeAudienceBatchConsumerDefinition>();
}
