namespace Ums.Gateway.Security;

/// <summary>
/// A browser says from where a request was made. An unsafe one that was made by another site's page is refused, before the antiforgery token is looked at.
/// Programs send neither header and carry no cookie that we would believe.
/// </summary>
internal static class OwnOrigin
{
    public static void UseOwnOrigin(this WebApplication app, GatewayOptions options)
    {
        var own = options.PublicUrl.GetLeftPart(UriPartial.Authority);
        app.Use(async (http, next) =>
        {
            var unsafeVerb = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method);
            if (unsafeVerb && MadeElsewhere(http.Request, own))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }
            await next(http);
        });
    }

    private static bool MadeElsewhere(HttpRequest request, string own)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            // No page can write this header, so it has the last word.
            return site is not ("same-origin" or "none");
        }
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !Same(origin, own) && !Same(origin, $"{request.Scheme}://{request.Host}");
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
