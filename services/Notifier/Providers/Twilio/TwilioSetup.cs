using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.Twilio;

internal static class TwilioSetup
{
    public static IHostApplicationBuilder AddTwilio(this IHostApplicationBuilder builder)
    {
        if (builder.Uses(TwilioProvider.ProviderName))
        {
            var options = TwilioOptions.Read(builder.Configuration);
            builder.Services.AddSingleton(options);
            builder.Services.AddSingleton<IMessageProvider, TwilioProvider>();
            builder.AddProviderClient(TwilioProvider.ProviderName, options.Address, ProviderHttpSetup.Basic(options.AccountSid, options.AuthToken));
        }
        return builder;
    }
}
