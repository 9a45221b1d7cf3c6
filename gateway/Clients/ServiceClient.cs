using System.Net.Http.Headers;
using System.Text.Json;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Ums.ServiceDefaults.Http;

namespace Ums.Gateway.Clients;

/// <summary>Calls one service and sorts its answers into value, problem and away.</summary>
internal abstract class ServiceClient(HttpClient http, string service)
{
    /// <summary>Prepares a request whose answer may need every entry of a large organisation.</summary>
    protected static void BePatient(HttpRequestMessage request) => request.Options.Set(ClientsFeature.Patience, TimeSpan.FromSeconds(55));

    protected async Task<Answer<T>> CallAsync<T>(
        HttpMethod verb, string path, object? body = null, string? bearer = null, Action<HttpRequestMessage>? prepare = null,
        Func<HttpResponseMessage, CancellationToken, Task<T?>>? read = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(verb, path);
        if (body is HttpContent content)
        {
            request.Content = content;
        }
        else if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType());
        }
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }
        prepare?.Invoke(request);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                var value = await (read ?? ReadJsonAsync<T>)(response, cancellationToken);
                return value is not null || typeof(T) == typeof(object) ? new(value, null) : throw new ServiceAwayException(service);
            }
            return new(default, await ReadProblemAsync(response, cancellationToken));
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or BrokenCircuitException or TimeoutRejectedException or IsolatedCircuitException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ServiceAwayException(service, failure);
        }
    }

    protected static async Task<T?> ReadJsonAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentLength == 0 || response.StatusCode == System.Net.HttpStatusCode.NoContent
            ? default
            : await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken);

    private async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var json = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true
            ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)
            : default;
        var problem = new Problem(status, SlugOf(json), json, response.Headers.RetryAfter?.Delta);
        // A service may say that a neighbour of its own is away; that is news for the resident. Any other 5xx means that it is itself.
        return status < 500 || problem.Slug == "geocoding-unavailable" ? problem : throw new ServiceAwayException(service);
    }

    private static string SlugOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return "";
        }
        var type = Text(json, "type");
        return type.StartsWith(Problems.Prefix, StringComparison.Ordinal) ? type[Problems.Prefix.Length..] : Text(json, "ums_problem");
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";
}
