using System.Text.Json.Serialization;

namespace Ums.Gateway.Clients;

/// <summary>Organisations, PINs and tokens.</summary>
internal sealed class IdentityClient(HttpClient http, IHttpContextAccessor current) : ServiceClient(http, "Identity")
{
    public const string NoScript = "noscript";

    public async Task<IReadOnlyList<Organisation>> SearchAsync(string query, int limit, CancellationToken cancellationToken)
    {
        var answer = await CallAsync<Organisation[]>(
            HttpMethod.Get, $"/api/organisations?query={Uri.EscapeDataString(query)}&limit={limit}", cancellationToken: cancellationToken);
        return answer.Value ?? [];
    }

    public async Task<Organisation?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var answer = await CallAsync<Organisation>(HttpMethod.Get, $"/api/organisations/{Uri.EscapeDataString(slug)}", cancellationToken: cancellationToken);
        return answer.Value;
    }

    public async Task<IReadOnlyList<OtherOrganisation>> CoveringAsync(string municipalityCode, CancellationToken cancellationToken)
    {
        var answer = await CallAsync<OtherOrganisation[]>(
            HttpMethod.Get, $"/api/organisations/covering/{Uri.EscapeDataString(municipalityCode)}", cancellationToken: cancellationToken);
        return answer.Value ?? [];
    }

    /// <summary>Which captcha the pages show. The challenge that comes along is nobody's: a browser fetches its own.</summary>
    public async Task<Captcha?> CaptchaAsync(CancellationToken cancellationToken) =>
        (await CallAsync<Captcha>(HttpMethod.Get, "/api/captcha", cancellationToken: cancellationToken)).Value;

    /// <param name="captcha">The solved challenge, or <see cref="NoScript"/> from a browser that cannot solve one.</param>
    public Task<Answer<PinRequested>> RequestPinAsync(string organisation, string phone, string role, string captcha, CancellationToken cancellationToken) =>
        AskAsync("/api/pins", new { organisation, phone, role, captcha, purpose = "sign-in" }, null, cancellationToken);

    /// <summary>A PIN to a number that the signed-in resident wants to add.</summary>
    public Task<Answer<PinRequested>> RequestProofAsync(string organisation, string phone, string role, string bearer, CancellationToken cancellationToken) =>
        AskAsync("/api/pins", new { organisation, phone, role, captcha = (string?)null, purpose = "add-phone" }, bearer, cancellationToken);

    public Task<Answer<PinRequested>> ResendAsync(Guid pinRequest, string channel, CancellationToken cancellationToken) =>
        AskAsync($"/api/pins/{pinRequest}/resend", new { channel }, null, cancellationToken);

    public Task<Answer<Token>> ExchangeAsync(Guid pinRequest, string pin, CancellationToken cancellationToken) =>
        CallAsync<Token>(
            HttpMethod.Post, "/connect/token",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "urn:ums:pin", ["pin_request_id"] = pinRequest.ToString(), ["pin"] = pin }),
            prepare: Prepare, read: ReadAndBringBackAsync<Token>, cancellationToken: cancellationToken);

    public Task<Answer<object>> SignOutAsync(string bearer, CancellationToken cancellationToken) =>
        CallAsync<object>(HttpMethod.Post, "/connect/logout", bearer: bearer, read: (_, _) => Task.FromResult<object?>(null), cancellationToken: cancellationToken);

    private Task<Answer<PinRequested>> AskAsync(string path, object body, string? bearer, CancellationToken cancellationToken) =>
        CallAsync<PinRequested>(HttpMethod.Post, path, body, bearer, Prepare, ReadAndBringBackAsync<PinRequested>, cancellationToken);

    private void Prepare(HttpRequestMessage request) => AskingBrowser.Carry(current.HttpContext!, request);

    private Task<T?> ReadAndBringBackAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        BrowserCookie.BringBack(current.HttpContext!, response);
        return ReadJsonAsync<T>(response, cancellationToken);
    }
}

/// <param name="Digits">Six, or eight while Identity sees many PINs being guessed.</param>
internal sealed record PinRequested(Guid PinRequestId, string Channel, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter, int Digits = 6);

/// <param name="Provider"><c>altcha</c> or <c>recaptcha</c>.</param>
/// <param name="SiteKey">Google's public key for this site.</param>
internal sealed record Captcha(string? Provider, string? SiteKey);

internal sealed record Token(
    [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
