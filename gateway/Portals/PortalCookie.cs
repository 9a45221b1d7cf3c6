namespace Ums.Gateway.Portals;

/// <summary>Which organisation's portal was last open in this browser, so that its name stands on every page. It says nothing of a person.</summary>
internal static class PortalCookie
{
    private const string Name = "__Host-ums-portal";

    public static string? Read(HttpContext http) => http.Request.Cookies[Name] is { } slug && IsSlug(slug) ? slug : null;

    public static void Write(HttpContext http, string slug) => http.Response.Cookies.Append(Name, slug, new CookieOptions
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Lax,
        MaxAge = TimeSpan.FromDays(30),
        IsEssential = true,
    });

    public static bool IsSlug(string text) => text.Length is > 0 and <= 64 && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
