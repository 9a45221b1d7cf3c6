using System.Text.Json;
using Ums.Gateway.Clients;

namespace Ums.Gateway.OperatorSessions;

/// <summary>Between the question to a passkey and its answer the browser keeps what Identity has sealed.</summary>
internal static class PasskeyCookie
{
    private const string Name = "__Host-ums-passkey";

    /// <returns>What the script hands to the browser.</returns>
    public static JsonElement Keep(HttpContext http, PasskeyQuestion question)
    {
        http.Response.Cookies.Append(Name, question.Challenge, Options);
        return question.Options;
    }

    public static string? Take(HttpContext http)
    {
        http.Response.Cookies.Delete(Name, Options);
        return http.Request.Cookies[Name];
    }

    /// <returns>Nothing where the script sent no JSON.</returns>
    public static JsonElement Read(string? credential)
    {
        try
        {
            return credential is { Length: > 0 and <= 16_000 } ? JsonSerializer.Deserialize<JsonElement>(credential) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static CookieOptions Options => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
        Path = "/",
        MaxAge = TimeSpan.FromMinutes(5),
    };
}
