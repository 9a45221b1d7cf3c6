using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ums.Identity.Askers;

/// <summary>
/// The browser (or API client) that asks for a PIN holds 256 random bits in a cookie, and the PIN is good for that browser only. We keep no more than a hash.
/// </summary>
internal static class BrowserCookie
{
    public const string Name = "__Host-ums-browser";
    private const int Bytes = 32;
    private const int Length = 43;

    /// <summary>Long enough that a browser which signed in once is met again as trusted, see Pins/Trust.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    /// <summary>The hash of the cookie that came along; null where none, or none of ours, did.</summary>
    public static byte[]? Read(HttpContext http) =>
        http.Request.Cookies.TryGetValue(Name, out var value) && value.Length == Length && Base64Url.IsValid(value) ? Hash(value) : null;

    /// <summary>The same, with a new cookie for a browser that has none.</summary>
    public static byte[] Ensure(HttpContext http)
    {
        if (Read(http) is { } hash)
        {
            return hash;
        }
        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        http.Response.Cookies.Append(Name, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
            MaxAge = Lifetime,
        });
        return Hash(value);
    }

    private static byte[] Hash(string value) => SHA256.HashData(Encoding.ASCII.GetBytes(value));
}
