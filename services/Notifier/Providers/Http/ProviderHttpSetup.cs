using System.Net.Http.Headers;
using System.Text;

namespace Ums.Notifier.Providers.Http;

internal static class ProviderHttpSetup
{
    /// <summary>What is wrong with an address that is not <see cref="IsFit"/>.</summary>
    public const string Unfit = "Address is not fit for credentials: give an https address with a trailing slash.";

    /// <summary>Whether <c>Providers:Use</c> names it: elsewhere nobody has to have an account.</summary>
    public static bool Uses(this IHostApplicationBuilder builder, string provider) =>
        (builder.Configuration.GetSection($"{ProviderOptions.Section}:{nameof(ProviderOptions.Use)}").Get<List<string>>() ?? []).Contains(provider);

    /// <summary>A client that carries the account's credentials, and nothing but to this provider.</summary>
    public static void AddProviderClient(this IHostApplicationBuilder builder, string provider, Uri address, AuthenticationHeaderValue credentials) =>
        builder.Services.AddHttpClient(provider, http =>
        {
            http.BaseAddress = address;
            http.DefaultRequestHeaders.Authorization = credentials;
            // The guard around every provider has the timeout; with a second one here, a timeout could not be told from a connection that never came.
            http.Timeout = Timeout.InfiniteTimeSpan;
        })
            .ConfigurePrimaryHttpMessageHandler(Handler)
            // No retries, breakers and limits but those around every provider, and no discovery of services where there is only the world: a million messages pay for each.
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())
            .RemoveAllLoggers();

    public static AuthenticationHeaderValue Basic(string username, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));

    /// <summary>Credentials and texts go there, hence HTTPS unless it is this machine.</summary>
    public static bool IsFit(Uri address) =>
        address.IsAbsoluteUri && address.AbsolutePath.EndsWith('/')
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>Follows no redirect, which would carry a PIN to who knows whom, and gives up early on a connection, while nothing has left.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        // Our traces are none of theirs.
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };
}
