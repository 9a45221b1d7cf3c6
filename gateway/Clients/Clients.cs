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
        builder.Services.AddHttpClient<AlertWatch>(http => http.BaseAddress = new Uri("http://notifier")).ForWaitingPeople();
        return builder;
    }

    /// <summary>Somebody looks at a page while we call: quick repeats, and a clear end after twelve seconds.</summary>
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
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(8);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(12);
            options.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(2);
        });
        return http;
    }

    /// <summary>One handler serves all residents: a cookie jar in it would hand one person's cookie to the next.</summary>
    private static void UseCookiesOfNobody(this IHttpClientBuilder http) =>
        http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
}
