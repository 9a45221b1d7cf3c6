using Microsoft.Extensions.DependencyInjection.Extensions;
using Ums.ServiceDefaults.Messaging;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Pins;

internal static class PinsApi
{
    public static IHostApplicationBuilder AddPins(this IHostApplicationBuilder builder)
    {
        // Read at once: a service without its keys must not start.
        builder.Configuration.Required("PinDelivery");
        builder.Services.AddSingleton(new PinSecret(builder.Configuration));
        builder.Services.TryAddSingleton(new PersonalData(builder.Configuration));
        builder.Services.Configure<PinLimitOptions>(builder.Configuration.GetSection("Pins:Limits"));
        builder.Services.AddScoped<Trust>().AddScoped<Guesses>().AddScoped<PinLimits>().AddScoped<PinOutbox>().AddScoped<PinVerifier>();
        builder.Services.AddHttpClient(nameof(UrgentRoadToNotifier), http => http.Timeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton<IUrgentRoad, UrgentRoadToNotifier>();
        return builder;
    }

    public static void MapPins(this IEndpointRouteBuilder routes)
    {
        var pins = routes.MapGroup("/api/pins").WithTags("Pins").AllowAnonymous();
        pins.MapPost("", RequestPin.Handle).WithName(nameof(RequestPin));
        pins.MapPost("{id:guid}/resend", ResendPin.Handle).WithName(nameof(ResendPin));
    }
}
