using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.RateLimiting;
using Ums.Gateway.Clients;
using Ums.Gateway.Security;

namespace Ums.Gateway.Pages;

internal static class PagesFeature
{
    public static IHostApplicationBuilder AddPages(this IHostApplicationBuilder builder)
    {
        // Every page checks the antiforgery token on unsafe verbs; that is Razor Pages' own default.
        builder.Services.AddRazorPages(pages => pages.Conventions
            .AddPageRoute("/Admin/Alerts/Write", "/admin/varningar/{id:guid}/skriv")
            .AddPageRoute("/Admin/Alerts/Template", "/admin/mallar/{id:guid}")
            .AddFolderApplicationModelConvention("/", LimitPage)).AddCookieTempDataProvider(cookie =>
        {
            cookie.Cookie.Name = "__Host-ums-notice";
            cookie.Cookie.IsEssential = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
        });
        builder.Services.Configure<MvcOptions>(mvc =>
        {
            // The pages check what was typed themselves and in words of their own; binding only carries it there.
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueCountLimit = 64;
            form.KeyLengthLimit = 64;
            form.ValueLengthLimit = 16 * 1024;
        });
        builder.Services.Configure<RouteOptions>(routing => routing.LowercaseUrls = true);
        // Letters of every script stand as themselves; what means something to HTML is still encoded.
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddExceptionHandler<AwayForPrograms>();
        builder.Services.AddScoped<AddressSearch>();
        builder.Services.AddSingleton<Captchas>();
        return builder;
    }

    /// <summary>People get a page that says what happened; programs get problem details from the defaults outside of this.</summary>
    public static void UseErrorPages(this WebApplication app) => app.UseWhen(http => !Surfaces.IsData(http.Request.Path), people =>
    {
        people.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/fel",
            StatusCodeSelector = failure => failure switch
            {
                ServiceAwayException => StatusCodes.Status503ServiceUnavailable,
                BadHttpRequestException bad => bad.StatusCode,
                _ => StatusCodes.Status500InternalServerError,
            },
            // A neighbour that is away is no bug of ours; it is counted by the client's own telemetry.
            SuppressDiagnosticsCallback = context => context.Exception is ServiceAwayException,
        });
        people.UseStatusCodePagesWithReExecute("/fel", "?status={0}");
    });

    private static void LimitPage(PageApplicationModel page)
    {
        if (!page.EndpointMetadata.OfType<DisableRateLimitingAttribute>().Any() && !page.HandlerTypeAttributes.OfType<DisableRateLimitingAttribute>().Any())
        {
            page.EndpointMetadata.Add(new EnableRateLimitingAttribute(page.HandlerTypeAttributes.OfType<SignsInAttribute>().Any() ? Limits.SignIn : Limits.Pages));
        }
    }

    private sealed class AwayForPrograms(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not ServiceAwayException || !Surfaces.IsData(httpContext.Request.Path))
            {
                return false;
            }
            httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            httpContext.Response.Headers.RetryAfter = "5";
            return await problems.TryWriteAsync(new ProblemDetailsContext
            {
                HttpContext = httpContext,
                ProblemDetails = new ProblemDetails { Status = 503, Title = "A service that is needed does not answer just now. Try again in a moment." },
            });
        }
    }
}

/// <summary>The page sends PINs or takes them, and is limited as strictly as the API's routes for that.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SignsInAttribute : Attribute;
