namespace Ums.Identity.ApiClients;

internal static class ApiClientsSetup
{
    public static IHostApplicationBuilder AddApiClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<ConfiguredClients>();
        return builder;
    }
}
