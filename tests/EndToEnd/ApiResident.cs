using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Testing;

namespace Ums.EndToEnd;

/// <summary>The same resident through the API alone. Keeps the browser cookie by hand: a cookie jar would rightly not send a Secure cookie over http.</summary>
internal sealed class ApiResident(DemoSystem system, string number) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = system.Running.Address };
    private string? cookie;

    public Phone Phone { get; } = new(system.Gateway, number);

    public HttpClient Http => http;

    public async Task<Guid> AskForPinAsync(string organisation) => await AskForPinAsync(organisation, await SolveCaptchaAsync());

    public async Task<Guid> AskForPinAsync(string organisation, string captcha)
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/pins", new { organisation, phone = number, role = "private", captcha });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("pinRequestId").GetGuid();
    }

    public async Task<string> SolveCaptchaAsync() => AltchaSolver.Solve(await GetAsync("api/captcha"));

    public async Task<HttpResponseMessage> RedeemAsync(Guid request, string pin)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ums:pin",
                ["pin_request_id"] = request.ToString(),
                ["pin"] = pin,
            }),
        };
        message.Headers.Add("Cookie", cookie);
        return await http.SendAsync(message);
    }

    /// <summary>From no session to one; all later calls carry the token.</summary>
    public async Task SignInAsync(string organisation)
    {
        var before = await Phone.MessagesAsync();
        var request = await AskForPinAsync(organisation);
        var pin = await Phone.NextPinAsync(before);
        using var answer = await RedeemAsync(request, pin.Digits);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var message = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (cookie is not null)
            message.Headers.Add("Cookie", cookie);
        var answer = await http.SendAsync(message);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            cookie = set.First().Split(';')[0];
        return answer;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public void Dispose() => http.Dispose();
}
