using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Web;
using Ums.Identity.Operators;

namespace Ums.Identity.Tests.Operators;

/// <summary>An operator at their browser, with an authenticator, and the gateway between.</summary>
public sealed class Person(OperatorsFixture identity, string email, string secret)
{
    public const string Password = "ett långt lösenord 47";
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-length";

    public string Email { get; } = email;

    public string[] RecoveryCodes { get; set; } = [];

    public string? Browser { get; set; }

    /// <summary>What the authenticator shows now.</summary>
    public string Code() => Totp.Code(Decode(secret), identity.Clock.GetUtcNow().ToUnixTimeSeconds() / 30);

    public async Task<HttpResponseMessage> TryAsync(string password = Password, string? code = null, string network = "192.0.2.7")
    {
        var answer = await identity.PageAsync("operators/sign-in", new { email = Email, password, code = code ?? Code() }, network, Browser);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            Browser = set.Single().Split(';')[0].Split('=', 2)[1];
        return answer;
    }

    public async Task<string> TicketAsync()
    {
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        using var answer = await TryAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ticket").GetString()!;
    }

    public async Task<Tokens> SignInAsync()
    {
        using var answer = await ExchangeAsync(await CodeOfAsync(await TicketAsync()));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Tokens>())!;
    }

    /// <summary>A client with a token of a session in the organisation.</summary>
    public async Task<HttpClient> WorkingAsync(string? slug = null, string? reason = null)
    {
        var tokens = await SignInAsync();
        if (slug is null)
            return identity.ClientWith(tokens.AccessToken!);
        using (var client = identity.ClientWith(tokens.AccessToken!))
        using (var chosen = await client.PutAsJsonAsync("/api/operator/organisation", new { slug, reason }))
            Assert.True(chosen.StatusCode == HttpStatusCode.NoContent, await chosen.Content.ReadAsStringAsync());
        return identity.ClientWith((await RefreshedAsync(tokens)).AccessToken!);
    }

    /// <summary>Where /connect/authorize sends the browser.</summary>
    public async Task<Uri> AuthorizeAsync(string? ticket, string method = "S256")
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        using var request = new HttpRequestMessage(HttpMethod.Get,
            $"/connect/authorize?response_type=code&client_id=gateway&scope=offline_access&state=s&code_challenge_method={method}&code_challenge={challenge}" +
            $"&redirect_uri={Uri.EscapeDataString("http://localhost:8080/admin/tillbaka")}");
        if (ticket is not null)
            request.Headers.Add("Cookie", $"__Host-ums-ticket={ticket}");
        using var answer = await identity.Client.SendAsync(request);
        return answer.Headers.Location ?? throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task<string> CodeOfAsync(string ticket) => HttpUtility.ParseQueryString((await AuthorizeAsync(ticket)).Query)["code"]!;

    public Task<HttpResponseMessage> ExchangeAsync(string code, string verifier = Verifier) => TokenAsync(new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["code_verifier"] = verifier,
        ["redirect_uri"] = "http://localhost:8080/admin/tillbaka",
    });

    public Task<HttpResponseMessage> RefreshAsync(Tokens tokens) =>
        TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = tokens.RefreshToken! });

    public async Task<Tokens> RefreshedAsync(Tokens tokens) => (await (await RefreshAsync(tokens)).Content.ReadFromJsonAsync<Tokens>())!;

    private async Task<HttpResponseMessage> TokenAsync(Dictionary<string, string> form)
    {
        form["client_id"] = "gateway";
        form["client_secret"] = "test-secret-of-gateway";
        using var content = new FormUrlEncodedContent(form);
        return await identity.Client.PostAsync(new Uri("/connect/token", UriKind.Relative), content);
    }

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    public sealed record Tokens(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("error")] string? Error);
}
