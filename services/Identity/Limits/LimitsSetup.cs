using Microsoft.Extensions.DependencyInjection.Extensions;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Limits;

internal static class LimitsSetup
{
    public static IHostApplicationBuilder AddLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<PersonalData>();
        builder.Services.AddScoped<SharedLimits>();
        return builder;
    }
}
