namespace Ums.Gateway.Clients;

/// <summary>
/// The cookie by which Identity knows the browser that asked for a PIN. The pages call Identity on the browser's behalf, so they carry it there and bring back
/// the one that Identity sets.
/// </summary>
internal static class BrowserCookie
{
    public const string Name = "__Host-ums-browser";

    public static void Carry(HttpContext http, HttpRequestMessage request)
    {
        if (http.Request.Cookies[Name] is { Length: > 0 and <= 200 } value)
        {
            request.Headers.Add("Cookie", $"{Name}={value}");
        }
    }

    public static void BringBack(HttpContext http, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            return;
        }
        foreach (var cookie in cookies.Where(cookie => cookie.StartsWith(Name + "=", StringComparison.Ordinal)))
        {
            http.Response.Headers.Append("Set-Cookie", cookie);
        }
    }
}
