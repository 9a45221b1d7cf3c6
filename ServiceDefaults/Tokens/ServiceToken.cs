using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ums.ServiceDefaults.Tokens;

/// <summary>Fetches this service's own access token from Identity (client credentials), and keeps it until shortly before it expires.</summary>
public sealed class ServiceToken(IHttpClientFactory clients, TimeProvider clock, string clientId, string clientSecret, string scopes) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim one = new(1);
    private (string Value, DateTimeOffset Until) token;

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (token.Until > clock.GetUtcNow())
        {
            return token.Value;
        }
        await one.WaitAsync(cancellationToken);
        try
        {
            if (token.Until <= clock.GetUtcNow())
            {
                token = await FetchAsync(cancellationToken);
            }
            return token.Value;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<(string, DateTimeOffset)> FetchAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret,
            ["scope"] = scopes,
        });
        using var response = await clients.CreateClient(nameof(ServiceToken)).PostAsync(new Uri("http://identity/connect/token"), form, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<Answer>(cancellationToken) ?? throw new HttpRequestException("Identity sent no token.");
        return (answer.AccessToken, clock.GetUtcNow().AddSeconds(answer.ExpiresIn) - Margin);
    }

    private sealed record Answer([property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}

public static class ServiceTokens
{
    /// <summary>Registers this service's token and lets HttpClients carry it with <see cref="WithServiceToken"/>.</summary>
    /// <param name="clientId">The service's resource name; its secret stands in <c>Tokens:ClientSecret</c>.</param>
    public static IServiceCollection AddServiceToken(this IServiceCollection services, IConfiguration configuration, string clientId, params string[] scopes)
    {
        services.AddHttpClient(nameof(ServiceToken));
        services.AddTransient<Carrier>();
        return services.AddSingleton(provider => new ServiceToken(
            provider.GetRequiredService<IHttpClientFactory>(), provider.GetRequiredService<TimeProvider>(), clientId,
            configuration["Tokens:ClientSecret"] ?? throw new InvalidOperationException("Tokens:ClientSecret is not set: give this service's secret as Identity knows it."),
            string.Join(' ', scopes)));
    }

    public static IHttpClientBuilder WithServiceToken(this IHttpClientBuilder http) => http.AddHttpMessageHandler<Carrier>();

    private sealed class Carrier(ServiceToken token) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token.GetAsync(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
