using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;
using Ums.Gateway.Security;
using Ums.Gateway.Sessions;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.OperatorSessions;

internal static class OperatorSessionsSetup
{
    public static IHostApplicationBuilder AddOperatorSessions(this IHostApplicationBuilder builder, GatewayOptions options)
    {
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<CodeFlow>(services, options));
        builder.Services.AddAuthentication().AddCookie(OperatorSession.Scheme, cookie =>
        {
            // Identity ends it before, after half an hour of nothing.
            cookie.Guard(OperatorSession.CookieName, TimeSpan.FromHours(12));
            cookie.Events = new CookieAuthenticationEvents
            {
                OnValidatePrincipal = KeepOrDrop,
                OnRedirectToLogin = context => SignInFirstAsync(context.HttpContext),
                // Signed in, but not where, or not as what, the page needs.
                OnRedirectToAccessDenied = context => SendTo(context.HttpContext, "/admin/org"),
            };
        });
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(OperatorSession.Policy, policy => policy.AddAuthenticationSchemes(OperatorSession.Scheme).RequireAuthenticatedUser())
            .AddPolicy(OperatorSession.WritingPolicy, policy => policy.AddAuthenticationSchemes(OperatorSession.Scheme).RequireAssertion(context =>
                context.User.Identity is { IsAuthenticated: true, AuthenticationType: OperatorSession.Scheme }
                || (context.Resource is HttpContext http && HttpMethods.IsPost(http.Request.Method))));
        builder.Services.AddTransient<OperatorToken>();
        builder.Services.AddHttpClient<OperatorSignInClient>().WithServiceToken();
        builder.Services.AddHttpClient<OperatorClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<AlertsClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<TemplatesClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<AudiencesClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<AlertWatch>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<RecordsClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<RecordAddressesClient>().AddHttpMessageHandler<OperatorToken>();
        foreach (var service in AuditClient.Paths.Keys)
        {
            builder.Services.AddHttpClient($"audit of {service}").AddHttpMessageHandler<OperatorToken>();
        }
        builder.Services.AddHttpClient<OrganisationClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<AlertRulesClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<ProvidersClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<RegisterClient>().AddHttpMessageHandler<OperatorToken>();
        builder.Services.AddHttpClient<RegisterFiles>().AddHttpMessageHandler<OperatorToken>();
        return builder;
    }

    public static void MapOperatorSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(CodeFlow.Back, FinishSignIn).AllowAnonymous().RequireRateLimiting(Limits.Pages);
        // An organisation's provider has vouched, and Identity has put the ticket into its cookie.
        routes.MapGet("/admin/in", (string? tillbaka, HttpContext http, CodeFlow flow) => Results.LocalRedirect(flow.Begin(http, null, OperatorPath.OrStart(tillbaka))))
            .AllowAnonymous().RequireRateLimiting(Limits.Pages);
    }

    private static async Task<IResult> FinishSignIn(string? code, string? state, HttpContext http, CodeFlow flow, OperatorTokensClient identity)
    {
        if (await flow.FinishAsync(http, code, state, identity) is not { } finished)
        {
            return Results.LocalRedirect("/admin/logga-in?igen=1");
        }
        // An older session of this browser ends here, not when it has been idle.
        if ((await http.AuthenticateAsync(OperatorSession.Scheme)).Succeeded)
        {
            await OperatorSession.EndAsync(http);
        }
        var account = await OperatorSession.StartAsync(http, finished.Tokens);
        return Results.LocalRedirect(account.Organisation is not null ? finished.Then : $"/admin/org?tillbaka={Uri.EscapeDataString(finished.Then)}");
    }

    /// <summary>Asked at every request, so that a sign-out, or a role taken away, counts everywhere at once.</summary>
    private static async Task KeepOrDrop(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var session = context.Principal?.FindFirstValue(Claims.Session);
        if (session is null || !await http.RequestServices.GetRequiredService<SessionCheck>().OperatorLivesAsync(session, http.RequestAborted)
            || !await RefreshAsync(context))
        {
            UnsentForm.Expect(http, context.Principal);
            context.RejectPrincipal();
            await http.SignOutAsync(OperatorSession.Scheme);
        }
    }

    private static async Task<bool> RefreshAsync(CookieValidatePrincipalContext context)
    {
        var (http, properties) = (context.HttpContext, context.Properties);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (!DateTimeOffset.TryParse(properties.GetTokenValue(OperatorSession.RefreshAt), CultureInfo.InvariantCulture, DateTimeStyles.None, out var due)
            || properties.GetTokenValue(OperatorSession.RefreshToken) is not { } refresh)
        {
            return false;
        }
        if (now < due)
        {
            return true;
        }
        var answer = await http.RequestServices.GetRequiredService<OperatorTokensClient>().RefreshAsync(refresh, http.RequestAborted);
        if (answer.Value is not { } tokens)
        {
            return false;
        }
        var user = context.Principal!;
        context.ReplacePrincipal(OperatorSession.UserOf(
            tokens, user.FindFirstValue(OperatorSession.Name) ?? "", user.FindFirstValue(OperatorSession.OrganisationName)));
        var renewed = OperatorSession.PropertiesOf(http, tokens);
        properties.StoreTokens(renewed.GetTokens());
        // A renewed cookie counts its hours anew; Identity does not.
        context.ShouldRenew = true;
        return true;
    }

    /// <summary>What is asked for, or what was written, comes after the sign-in.</summary>
    private static async Task SignInFirstAsync(HttpContext http)
    {
        if (await UnsentForm.KeepAsync(http))
        {
            http.Response.Redirect(OperatorPath.SignIn(http.Request.Path));
            return;
        }
        await SendTo(http, "/admin/logga-in");
    }

    private static Task SendTo(HttpContext http, string page)
    {
        var asked = HttpMethods.IsGet(http.Request.Method) ? LocalPath.OrHome(http.Request.Path + http.Request.QueryString) : "/admin";
        http.Response.Redirect($"{page}?tillbaka={Uri.EscapeDataString(asked)}");
        return Task.CompletedTask;
    }
}
