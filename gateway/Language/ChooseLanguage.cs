using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;

namespace Ums.Gateway.Language;

internal static class ChooseLanguage
{
    private const string CookieName = "__Host-ums-language";

    public static IHostApplicationBuilder AddLanguages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Texts>();
        builder.Services.AddSingleton<IStringLocalizer>(services => services.GetRequiredService<Texts>());
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = new[] { new CultureInfo("sv-SE"), new CultureInfo("en-GB") };
            options.DefaultRequestCulture = new RequestCulture(cultures[0]);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            // Only the reader's own choice counts: a browser set to English is no reason to hide a Swedish municipality's Swedish.
            options.RequestCultureProviders = [new CustomRequestCultureProvider(http => Task.FromResult(
                http.Request.Cookies[CookieName] == "en" ? new ProviderCultureResult("en-GB") : null))];
        });
        return builder;
    }

    /// <summary>A link changes the language and leads back to the page it stands on.</summary>
    public static void MapLanguage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sprak/{tag}", (string tag, string? tillbaka, HttpContext http) =>
        {
            http.Response.Cookies.Append(CookieName, tag == "en" ? "en" : "sv", new CookieOptions
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                IsEssential = true,
            });
            return Results.LocalRedirect(LocalPath.OrHome(tillbaka));
        }).AllowAnonymous();
}
