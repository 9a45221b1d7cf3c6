using System.Net.Http.Headers;
using Ums.Notifier.Providers.Http;

namespace Ums.Notifier.Providers.Sinch;

internal static class SinchSetup
{
    public static IHostApplicationBuilder AddSinch(this IHostApplicationBuilder builder)
    {
        if (builder.Uses(SinchProvider.ProviderName))
        {
            var options = SinchOptions.Read(builder.Configuration);
            builder.Services.AddSingleton(options);
            builder.Services.AddSingleton<IMessageProvider, SinchProvider>();
            builder.AddProviderClient(SinchProvider.ProviderName, options.Address, new AuthenticationHeaderValue("Bearer", options.ApiToken));
            builder.AddProviderClient(SinchProvider.Calling, options.CallingAddress, ProviderHttpSetup.Basic(options.ApplicationKey, options.ApplicationSecret));
        }
        return builder;
    }

    public static IEndpointRouteBuilder MapSinch(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<SinchOptions>() is { Calls: true })
        {
            // Anonymous, because Sinch holds no tokens of ours: the signature is the credential.
            routes.MapPost("/webhooks/sinch/calls", RecordCallEvent.Handle).AllowAnonymous().ExcludeFromDescription();
        }
        return routes;
    }
}
