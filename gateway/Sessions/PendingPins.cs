using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Ums.Gateway.Sessions;

/// <summary>A PIN that has been asked for in this browser and not yet been entered.</summary>
/// <param name="Phone">As the resident typed it, so that nothing has to be typed twice.</param>
/// <param name="Replaces">For a number that takes the place of another one: that one.</param>
/// <param name="Digits">How many the PIN has.</param>
internal sealed record PendingPin(
    Guid Id, string Slug, string Phone, string Role, string Channel, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter, string Purpose, Guid? Replaces = null,
    int Digits = 6)
{
    public const string SignIn = "sign-in";
    public const string AddPhone = "add-phone";
}

/// <summary>Keeps the pending PIN in an encrypted cookie, so that any replica can go on where another one began.</summary>
internal sealed class PendingPins(IDataProtectionProvider protection)
{
    private const string CookieName = "__Host-ums-pin";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Ums.Gateway.PendingPin").ToTimeLimitedDataProtector();

    public void Write(HttpContext http, PendingPin pending) =>
        http.Response.Cookies.Append(CookieName, protector.Protect(JsonSerializer.Serialize(pending), Kept), Options);

    /// <returns>Null where there is none, or where it was meant for something else.</returns>
    public PendingPin? Read(HttpContext http, string purpose)
    {
        if (http.Request.Cookies[CookieName] is not { } cookie)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<PendingPin>(protector.Unprotect(cookie)) is { } pending && pending.Purpose == purpose ? pending : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(CookieName, Options);

    private static CookieOptions Options => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" };
}
