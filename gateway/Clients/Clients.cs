using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Ums.Gateway.Clients;

internal static class ClientsFeature
{
    public static IHostApplicationBuilder AddClients(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddHttpClient<IdentityClient>(http => http.BaseAddress = new Uri("http://identity")).ForWaitingPeople().UseCookiesOfNobody();
        builder.Services.AddHttpClient<ContactsClient>(http => http.BaseAddress = new Uri("http://contacts")).ForWaitingPeople();
        builder.Services.AddHttpClient<GeocodingClient>(http => http.BaseAddress = new Uri("http://geocoding")).ForWaitingPeople();
        builder.Services.AddHttpClient<OperatorSignInClient>(http => http.BaseAddress = new Uri("http://identity")).ForWaitingPeople().UseCookiesOfNobody();
        builder.Services.AddHttpClient<OperatorTokensClient>(http => http.BaseAddress = new Uri("http://identity")).ForWaitingPeople().UseCookiesOfNobody();
        builder.Services.AddHttpClient<OperatorClient>(http => http.BaseAddress = new Uri("http://identity")).ForWaitingPeople().UseCookiesOfNobody();
        builder.Services.AddHttpClient<AlertsClient>(http => http.BaseAddress = new Uri("http://notifier")).ForWaitingPeople();
        builder.Services.AddHttpClient<TemplatesClient>(http => http.BaseAddress = new Uri("http://notifier")).ForWaitingPeople();
        builder.Services.AddHttpClient<DisturbancesClient>(http => http.BaseAddress = new Uri("http://notifier")).ForWaitingPeople();
        builder.Services.AddHttpClient<AudiencesClient>(http => http.BaseAddress = new Uri("http://contacts")).ForWaitingPeople();
        builder.Services.AddHttpClient<RecordsClient>(http => http.BaseAddress = new Uri("http://contacts")).ForWaitingPeople();
        builder.Services.AddHttpClient<RecordAddressesClient>(http => http.BaseAddress = new Uri("http://geocoding")).ForWaitingPeople();
        foreach (var service in AuditClient.Paths.Keys)
        {
            builder.Services.AddHttpClient($"audit of {service}", http => http.BaseAddress = new Uri($"http://{service}")).ForWaitingPeople();
        }
        builder.Services.AddSingleton<AuditClient>().AddSingleton<AuditFeed>();
        builder.Services.AddHttpClient<AlertWatch>(http => http.BaseAddress = new Uri("http://notifier")).ForWaitingPeople();
        builder.Services.AddHttpClient<OrganisationClient>(http => http.BaseAddress = new Uri("http://identity")).ForWaitingPeople();
        builder.Services.AddHttpClient<AlertRulesClient>(http => http.BaseAddress = new Uri("http://notifier")).ForWaitingPeople();
        builder.Services.AddHttpClient<ProvidersClient>(http => http.BaseAddress = new Uri("http://notifier")).ForWaitingPeople();
        builder.Services.AddHttpClient<RegisterClient>(http => http.BaseAddress = new Uri("http://contacts")).ForWaitingPeople();
        builder.Services.AddHttpClient<RegisterFiles>(http => http.BaseAddress = new Uri("http://contacts")).ForLongFiles();
        return builder;
    }

    /// <summary>How long this one request may take, where a million entries have to be gone through for its answer.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> Patience = new("patience");

    /// <summary>A file takes as long as it takes, and what has been read from a browser cannot be sent again; who asked for it may end it.</summary>
    private static void ForLongFiles(this IHttpClientBuilder http)
    {
#pragma warning disable EXTEXP0001 // The defaults end after half a minute.
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        http.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            UseCookies = false, AllowAutoRedirect = false, Expect100ContinueTimeout = RegisterFiles.Patience, ConnectTimeout = TimeSpan.FromSeconds(10),
        });
    }

    /// <summary>Somebody looks at a page while we call: quick repeats, and a clear end after twelve seconds, unless the request asks for more <see cref="Patience"/>.</summary>
    public static IHttpClientBuilder ForWaitingPeople(this IHttpClientBuilder http)
    {
#pragma warning disable EXTEXP0001 // The defaults wait for half a minute, which suits work behind the scenes.
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        http.AddStandardResilienceHandler(options =>
        {
            options.Retry.DisableForUnsafeHttpMethods();
            options.Retry.MaxRetryAttempts = 2;
            options.Retry.Delay = TimeSpan.FromMilliseconds(150);
            options.Retry.BackoffType = DelayBackoffType.Exponential;
            options.AttemptTimeout.TimeoutGenerator = attempt => new(PatienceWith(attempt.Context) ?? TimeSpan.FromSeconds(8));
            options.TotalRequestTimeout.TimeoutGenerator = whole => new(PatienceWith(whole.Context) ?? TimeSpan.FromSeconds(12));
            options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(2);
        });
        return http;
    }

    private static TimeSpan? PatienceWith(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(Patience, out var patience) ? patience : null;

    /// <summary>One handler serves all residents: a cookie jar in it would hand one person's cookie to the next.</summary>
    private static void UseCookiesOfNobody(this IHttpClientBuilder http) =>
        http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
}
