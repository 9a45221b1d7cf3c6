using Microsoft.AspNetCore.Authentication.Cookies;

namespace Ums.Gateway.Sessions;

internal static class SessionCookie
{
    /// <summary>How every session's cookie is kept from scripts, from plain HTTP and from other sites, whoever's session it is.</summary>
    /// <param name="lifetime">At most; Identity may end the session before.</param>
    public static void Guard(this CookieAuthenticationOptions cookie, string name, TimeSpan lifetime)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.IsEssential = true;
        cookie.ExpireTimeSpan = lifetime;
        cookie.SlidingExpiration = false;
    }
}
