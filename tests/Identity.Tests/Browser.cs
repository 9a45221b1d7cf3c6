using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net;
using System.Text.Json;
using Ums.Identity.Askers;
using Ums.Testing;

namespace Ums.Identity.Tests;

/// <summary>One browser somewhere behind the gateway: keeps its cookie, solves its captchas, asks for PINs and hands them in.</summary>
public sealed class Browser(IdentityFixture identity, string network = "192.0.2.1", HttpClient? client = null)
{
    private static int networks;
    private readonly HttpClient client = client ?? identity.Client;

    public string? Cookie { get; set; }

    public string? Token { get; set; }

    /// <summary>One that no other test's counters know.</summary>
    public static Browser Elsewhere(IdentityFixture identity) => new(identity, NewNetwork());

    public static string NewNetwork()
    {
        var n = Interlocked.Increment(ref networks);
        return $"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}";
    }

    public async Task<JsonElement> ChallengeAsync() => await (await SendAsync(HttpMethod.Get, "/api/captcha")).Content.ReadFromJsonAsync<JsonElement>();

    public async Task<string> SolveAsync() => AltchaSolver.Solve(await ChallengeAsync());

    public async Task<HttpResponseMessage> AskAsync(string phone, string organisation = "stockholm", string? captcha = null, string role = "private", string? purpose = null) =>
        await SendAsync(HttpMethod.Post, "/api/pins", JsonContent.Create(new
        {
            organisation, phone, role, purpose,
            captcha = captcha ?? (purpose == "add-phone" ? null : await SolveAsync()),
        }));

    /// <summary>Asks and expects to be served.</summary>
    public async Task<PinAnswer> AskedAsync(string phone, string organisation = "stockholm", string role = "private", string? captcha = null, string? purpose = null)
    {
        using var response = await AskAsync(phone, organisation, captcha, role, purpose);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        return (await response.Content.ReadFromJsonAsync<PinAnswer>())!;
    }

    public Task<HttpResponseMessage> ResendAsync(Guid pinRequest, string? channel = "sms") =>
        SendAsync(HttpMethod.Post, $"/api/pins/{pinRequest}/resend", JsonContent.Create(new { channel }));

    public Task<HttpResponseMessage> HandInAsync(Guid pinRequest, string pin) => SendAsync(HttpMethod.Post, "/connect/token", new FormUrlEncodedContent(
        new Dictionary<string, string> { ["grant_type"] = "urn:ums:pin", ["pin_request_id"] = pinRequest.ToString(), ["pin"] = pin }));

    public async Task<TokenAnswer> HandedInAsync(Guid pinRequest, string pin)
    {
        using var response = await HandInAsync(pinRequest, pin);
        return (await response.Content.ReadFromJsonAsync<TokenAnswer>())!;
    }

    /// <summary>The PIN that went to the telephone last.</summary>
    public async Task<string> PinAsync(Guid pinRequest, int delivery = 1) => (await identity.DeliveriesAsync(pinRequest, delivery))[^1].Pin;

    /// <summary>A PIN that certainly is not this one.</summary>
    public static string Other(string pin) => (pin[0] == '9' ? '0' : (char)(pin[0] + 1)) + pin[1..];

    public async Task<TokenAnswer> SignInAsync(string phone, string organisation = "stockholm", string role = "private")
    {
        var asked = await AskedAsync(phone, organisation, role);
        var answer = await HandedInAsync(asked.PinRequestId, await PinAsync(asked.PinRequestId));
        Assert.Null(answer.Error);
        Token = answer.AccessToken;
        return answer;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content = null, Action<HttpRequestMessage>? alter = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("X-Forwarded-For", network);
        if (Cookie is not null)
            request.Headers.Add("Cookie", $"{BrowserCookie.Name}={Cookie}");
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        alter?.Invoke(request);
        var response = await client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
            Cookie = set.Single(cookie => cookie.StartsWith(BrowserCookie.Name + "=", StringComparison.Ordinal)).Split(';')[0][(BrowserCookie.Name.Length + 1)..];
        return response;
    }
}
