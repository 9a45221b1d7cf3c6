using Ums.ServiceDefaults.Tokens;

namespace Ums.Geocoding.Demo;

internal static class DemoApi
{
    public static IHostApplicationBuilder AddDemo(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Demo").Get<DemoOptions>() ?? new DemoOptions();
        builder.Services.AddSingleton(options);
        if (options.Enabled)
        {
            builder.Services.AddHostedService<LoadDemoTowns>();
        }

        return builder;
    }

    public static void MapDemo(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DemoOptions>().Enabled)
        {
            app.MapGet("/internal/addresses/sample", SampleAddresses.Handle).RequireScope(Scopes.AddressMatch).ExcludeFromDescription();
        }
    }
}
