using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;

namespace Ums.ServiceDefaults.Http;

internal static class HttpDefaults
{
    /// <summary>Every HttpClient finds services by name, retries what is safe to repeat, and stops calling what is down.</summary>
    public static void AddHttpDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddServiceDiscovery();
            http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());
        });
    }
}
