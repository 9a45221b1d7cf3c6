using System.Security.Cryptography;
using System.Text.Json;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Providers;

/// <summary>What a browser carries, sealed, while it is away at its organisation's provider.</summary>
/// <param name="Then">The page that was asked for; the gateway sees to it that it is one of its own.</param>
/// <param name="Again">The operator is to prove anew who they are.</param>
internal sealed record ForeignState(Guid Organisation, string State, string Nonce, string Verifier, string Then, bool Again, DateTimeOffset Until);

internal sealed class ForeignStates(IConfiguration configuration, TimeProvider clock)
{
    private const string Cookie = "__Host-ums-foreign";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, configuration.Required("Tokens"), 32, info: "ums foreign state 1"u8.ToArray());

    public ForeignState Begin(HttpContext http, Guid organisation, string then, bool again)
    {
        var state = new ForeignState(organisation, Random(), Random(), Random(), then, again, clock.GetUtcNow() + Kept);
        var box = SealedBox.Seal(key, JsonSerializer.SerializeToUtf8Bytes(state), default);
        http.Response.Cookies.Append(Cookie, Convert.ToBase64String(box), Options);
        return state;
    }

    /// <summary>Once: the cookie goes.</summary>
    public ForeignState? Take(HttpContext http, string? state)
    {
        var cookie = http.Request.Cookies[Cookie];
        http.Response.Cookies.Delete(Cookie, Options);
        try
        {
            return cookie is { Length: < 4000 } && JsonSerializer.Deserialize<ForeignState>(SealedBox.Open(key, Convert.FromBase64String(cookie), default)) is { } kept
                && kept.Until > clock.GetUtcNow() && state is not null
                && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(kept.State), System.Text.Encoding.UTF8.GetBytes(state)) ? kept : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static CookieOptions Options => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true, MaxAge = Kept };

    private static string Random() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
