using System.Text.Json.Serialization;

namespace Ums.Gateway.Clients;

/// <summary>The gateway as the client of Identity's authorization code flow.</summary>
internal sealed class OperatorTokensClient(HttpClient http, IConfiguration configuration) : ServiceClient(http, "Identity")
{
    public const string ClientId = "gateway";

    public Task<Answer<OperatorTokens>> ExchangeAsync(string code, string verifier, string redirectUri, CancellationToken cancellationToken) => TokenAsync(
        new() { ["grant_type"] = "authorization_code", ["code"] = code, ["code_verifier"] = verifier, ["redirect_uri"] = redirectUri }, cancellationToken);

    public Task<Answer<OperatorTokens>> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        TokenAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken }, cancellationToken);

    private Task<Answer<OperatorTokens>> TokenAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        form["client_id"] = ClientId;
        form["client_secret"] = configuration["Tokens:ClientSecret"]!;
        return CallAsync<OperatorTokens>(HttpMethod.Post, "/connect/token", new FormUrlEncodedContent(form), cancellationToken: cancellationToken);
    }
}

internal sealed record OperatorTokens(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);
