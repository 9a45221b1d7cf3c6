using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ums.Testing.Alerts;

/// <summary>Two systems of one organisation that may send alerts together, one by writing and one by approving, through the gateway.</summary>
public sealed class AlertOperators(HttpClient http) : IDisposable
{
    private const string Secret = "a-secret-for-tests-only";
    private readonly Dictionary<string, (string Value, DateTimeOffset Until)> tokens = [];

    /// <summary>What the system must be told so that they are known.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings(string organisation) => new[]
    {
        ("writer", "alert.read alert.write audience.read"), ("approver", "alert.read alert.approve"),
    }.SelectMany(client => new KeyValuePair<string, string>[]
    {
        new($"ApiClients__External__{client.Item1}__Secret", Secret), new($"ApiClients__External__{client.Item1}__Scopes", client.Item2),
        new($"ApiClients__External__{client.Item1}__Organisation", organisation),
    });

    /// <returns>The alert's id, and what the submission answered.</returns>
    public async Task<(Guid Id, JsonElement Submitted)> SubmitAsync(object draft)
    {
        var id = (await SendAsync("writer", HttpMethod.Post, "api/alerts", draft)).GetProperty("id").GetGuid();
        return (id, await SendAsync("writer", HttpMethod.Post, $"api/alerts/{id}/submit"));
    }

    public Task<JsonElement> ApproveAsync(Guid id, JsonElement submitted) => SendAsync(
        "approver", HttpMethod.Post, $"api/alerts/{id}/approve", new { recipients = submitted.GetProperty("expected").GetInt32() }, submitted.GetProperty("version").GetInt32());

    public async Task<JsonElement> ReadAsync(Guid id) => (await SendAsync("writer", HttpMethod.Get, $"api/alerts/{id}")).GetProperty("alert");

    public Task<JsonElement> CancelAsync(Guid id) => SendAsync("writer", HttpMethod.Post, $"api/alerts/{id}/cancel");

    /// <summary>To the whole of the crowd.</summary>
    public static object ToTheCrowd(string mode = "sms", int validForMinutes = 60) => new
    {
        title = "Vattenläcka", category = "water", mode, dangerToLife = true, validForMinutes,
        texts = new { sms = "Vattnet stängs av på Massgatan idag kl 10-12. Spola kallvattnet efteråt." },
        audience = new { streets = new[] { new { municipalityCode = "0180", street = Crowd.Street } } },
    };

    public async Task<JsonElement> SendAsync(string who, HttpMethod method, string path, object? body = null, int? version = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(who));
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
    }

    public void Dispose() => http.Dispose();

    private async Task<string> TokenAsync(string client)
    {
        if (tokens.TryGetValue(client, out var known) && known.Until > DateTimeOffset.UtcNow)
        {
            return known.Value;
        }
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", Secret)]);
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var value = token.GetProperty("access_token").GetString()!;
        tokens[client] = (value, DateTimeOffset.UtcNow.AddSeconds(token.GetProperty("expires_in").GetInt32() - 60));
        return value;
    }
}
