namespace Ums.Gateway.Security;

/// <summary>The headers that every answer carries, whoever made it.</summary>
internal static class SecurityHeaders
{
    /// <summary>Everything from this host, nothing inline. Workers are files; MapLibre and the captcha draw with data: and blob: pictures only, and sound is what a script of ours has fetched.</summary>
    public const string Pages =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
        "media-src blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    /// <summary>The sign-in page where reCAPTCHA is chosen: Google's script, its second half and its frame, and nothing else of Google's.</summary>
    public static readonly string PageWithRecaptcha =
        Pages.Replace("script-src 'self'", "script-src 'self' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/", StringComparison.Ordinal)
        + "; frame-src https://www.google.com/recaptcha/";

    private const string Data = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>The telephone double draws its own page, in development only.</summary>
    private const string DevelopmentPhone =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' data: blob:; connect-src 'self'; form-action 'self'; " +
        "base-uri 'none'; frame-ancestors 'none'";

    private static readonly object Recaptcha = new();

    public static void UseSecurityHeaders(this WebApplication app, GatewayOptions options)
    {
        var pages = PagesWith(app.Configuration["Map:Base"]);
        var strictTransport = !app.Environment.IsDevelopment() && options.PublicUrl.Scheme == Uri.UriSchemeHttps;
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = http.Items.ContainsKey(Recaptcha) ? PageWithRecaptcha : PolicyFor(http.Request.Path, pages);
                headers.XContentTypeOptions = "nosniff";
                // Not no-referrer: with that, browsers send "Origin: null" with our own forms.
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers.XFrameOptions = "DENY";
                if (strictTransport)
                {
                    headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
                }
                // What a page holds is a person's; only what says that it is public is kept by anyone.
                if (headers.CacheControl.Count == 0 || !headers.CacheControl.ToString().Contains("public", StringComparison.Ordinal))
                {
                    headers.CacheControl = "no-store";
                }
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    /// <summary>For the answer under way only.</summary>
    public static void AllowRecaptcha(HttpContext http) => http.Items[Recaptcha] = true;

    /// <param name="baseMap">The map's base as Geocoding has it: opens the pages to that host, where it is another, and to nothing else.</param>
    internal static string PagesWith(string? baseMap) =>
        Uri.TryCreate(baseMap, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? Pages.Replace("connect-src 'self'", $"connect-src 'self' https://{address.Authority}", StringComparison.Ordinal)
            : Pages;

    private static string PolicyFor(PathString path, string pages) =>
        path.StartsWithSegments("/dev", StringComparison.Ordinal) ? DevelopmentPhone
        : Surfaces.IsData(path) ? Data
        : pages;
}
