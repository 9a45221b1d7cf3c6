using Ums.ServiceDefaults.Tokens;

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

    public static IEndpointRouteBuilder MapRouting(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/providers", ReadHealth.Handle).RequireScope(Scopes.AlertRead).WithTags("Providers").WithName(nameof(ReadHealth))
            .WithSummary("Who carries SMS and calls, how much of them, and how they do.");
        return routes;
    }
}
