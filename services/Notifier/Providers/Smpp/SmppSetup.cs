using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.Smpp;

internal static class SmppSetup
{
    public static IHostApplicationBuilder AddSmpp(this IHostApplicationBuilder builder)
    {
        if (builder.Uses(SmppProvider.ProviderName))
        {
            builder.Services.AddSingleton(SmppOptions.Read(builder.Configuration));
            builder.Services.AddSingleton<SmppLink>();
            builder.Services.AddHostedService(services => services.GetRequiredService<SmppLink>());
            builder.Services.AddSingleton<IMessageProvider, SmppProvider>();
        }
        return builder;
    }
}
