using System.Text.Json.Serialization;

namespace Ums.Identity.Tests;

public sealed record PinAnswer(Guid PinRequestId, string Channel, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter, int Digits);

public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("token_type")] string? TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string? Scope,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("ums_problem")] string? Problem,
    [property: JsonPropertyName("attempts_left")] int? AttemptsLeft);
