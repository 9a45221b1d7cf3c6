namespace Ums.Identity.Retention;

internal static class RetentionSetup
{
    public static IHostApplicationBuilder AddRetention(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Purge>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Purge>());
        return builder;
    }
}
