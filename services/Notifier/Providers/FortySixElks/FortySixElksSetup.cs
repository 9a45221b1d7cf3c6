using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.FortySixElks;

internal static class FortySixElksSetup
{
    public static IHostApplicationBuilder AddFortySixElks(this IHostApplicationBuilder builder)
    {
        if (builder.Uses(FortySixElksProvider.ProviderName))
        {
            var options = FortySixElksOptions.Read(builder.Configuration);
            builder.Services.AddSingleton(options);
            builder.Services.AddSingleton<IMessageProvider, FortySixElksProvider>();
            if (options.CallerId.Length > 0)
            {
                builder.Services.AddHostedService<PrepareCalls>();
            }
            builder.AddProviderClient(FortySixElksProvider.ProviderName, options.Address, ProviderHttpSetup.Basic(options.Username, options.Password));
        }
        return builder;
    }
}
