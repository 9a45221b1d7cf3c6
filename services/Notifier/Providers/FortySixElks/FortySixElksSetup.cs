using System.Net.Http.Headers;
using System.Text;

namespace Ums.Notifier.Providers.FortySixElks;

internal static class FortySixElksSetup
{
    /// <summary>Only where <c>Providers:Use</c> names it: elsewhere nobody has to have an account.</summary>
    public static IHostApplicationBuilder AddFortySixElks(this IHostApplicationBuilder builder)
    {
        var chosen = builder.Configuration.GetSection($"{ProviderOptions.Section}:{nameof(ProviderOptions.Use)}").Get<List<string>>() ?? [];
        if (chosen.Contains(FortySixElksProvider.ProviderName))
        {
            var options = FortySixElksOptions.Read(builder.Configuration);
            builder.Services.AddSingleton(options);
            builder.Services.AddSingleton<IMessageProvider, FortySixElksProvider>();
            builder.Services.AddHttpClient(FortySixElksProvider.ProviderName, http => Configure(http, options))
                .ConfigurePrimaryHttpMessageHandler(() => Handler())
                .RemoveAllLoggers();
        }
        return builder;
    }

    private static void Configure(HttpClient http, FortySixElksOptions options)
    {
        http.BaseAddress = options.Address;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}")));
        // The guard around every provider has the timeout; with a second one here, a timeout could not be told from a connection that never came.
        http.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>Follows no redirect, which would carry a PIN to who knows whom, and gives up early on a connection, while nothing has left.</summary>
    internal static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };
}
