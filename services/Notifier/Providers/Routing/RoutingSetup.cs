namespace Ums.Notifier.Providers.Routing;

internal static class RoutingSetup
{
    public static IHostApplicationBuilder AddRouting(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RoutingOptions>().BindConfiguration(RoutingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ProviderRoutes>();
        builder.Services.AddSingleton<WeightTable>();
        builder.Services.AddHostedService<Rebalance>();
        return builder;
    }
}
