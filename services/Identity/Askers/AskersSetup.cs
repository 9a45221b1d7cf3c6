namespace Ums.Identity.Askers;

internal static class AskersSetup
{
    public static IHostApplicationBuilder AddAskers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ClientNetwork>();
        return builder;
    }
}
