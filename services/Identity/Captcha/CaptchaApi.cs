using Ums.Identity.Askers;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Captcha;

internal static class CaptchaApi
{
    public static IHostApplicationBuilder AddCaptcha(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Captcha");
        builder.Services.Configure<CaptchaOptions>(section);
        var options = section.Get<CaptchaOptions>() ?? new CaptchaOptions();
        switch (options.Provider)
        {
            case "altcha":
                builder.Services.AddSingleton(AltchaKeys.From(builder.Configuration.Required("Captcha")));
                builder.Services.AddSingleton<CaptchaRisk>();
                builder.Services.AddScoped<ICaptcha, Altcha>();
                break;
            case "recaptcha" when options.SiteKey.Length > 0 && options.Secret.Length > 0:
                builder.Services.AddHttpClient(nameof(Recaptcha), http => http.Timeout = TimeSpan.FromSeconds(5));
                builder.Services.AddSingleton<ICaptcha, Recaptcha>();
                break;
            case "recaptcha":
                throw new InvalidOperationException("Captcha:SiteKey and Captcha:Secret are not set: reCAPTCHA needs both.");
            default:
                throw new InvalidOperationException($"Captcha:Provider is {options.Provider}: give altcha or recaptcha.");
        }
        return builder;
    }

    public static void MapCaptcha(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/captcha", GetChallenge).AllowAnonymous().WithTags("Captcha").WithName("GetCaptcha");

    /// <summary>Which captcha is chosen (<c>provider</c>) and what its widget needs: a fresh challenge for this browser, in the form that ALTCHA's widget 3 reads,
    /// or the <c>siteKey</c> that Google's wants.</summary>
    private static async Task<IResult> GetChallenge(HttpContext http, ICaptcha captcha, ClientNetwork networks, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await captcha.ChallengeAsync(BrowserCookie.Ensure(http), networks.Of(http), cancellationToken));
    }
}
