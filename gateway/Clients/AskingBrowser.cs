namespace Ums.Gateway.Clients;

/// <summary>Identity counts by the browser and by the client's address; both are the person's at the page, not ours.</summary>
internal static class AskingBrowser
{
    public static void Carry(HttpContext http, HttpRequestMessage request)
    {
        BrowserCookie.Carry(http, request);
        if (http.Connection.RemoteIpAddress is { } address)
        {
            request.Headers.Add("X-Forwarded-For", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
        }
    }
}
