using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.DataProtection;
using Ums.Gateway.Clients;
using Ums.Gateway.Portals;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Sessions;

internal static class SessionsFeature
{
    private static readonly string[] Audiences = ["identity", "contacts", "geocoding", "notifier"];

    public static IHostApplicationBuilder AddSessions(this IHostApplicationBuilder builder)
    {
        builder.AddBearerTokens("gateway");
        builder.Services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
        {
            // Tokens are made out to the services behind us; each of them checks its own name again.
            bearer.TokenValidationParameters.ValidAudiences = Audiences;
            bearer.Events = new JwtBearerEvents { OnTokenValidated = RefuseEndedSession };
        });
        builder.Services.AddAuthentication().AddCookie(Session.Scheme, cookie =>
        {
            cookie.Guard(Session.CookieName, TimeSpan.FromHours(2));
            cookie.Events = new CookieAuthenticationEvents
            {
                OnValidatePrincipal = DropEndedSession,
                OnRedirectToLogin = context => SendToSignIn(context.HttpContext),
                OnRedirectToAccessDenied = context => SendToSignIn(context.HttpContext),
            };
        });
        builder.Services.AddAuthorizationBuilder().AddPolicy(Session.Policy, policy => policy.AddAuthenticationSchemes(Session.Scheme).RequireAuthenticatedUser());

        builder.Services.AddServiceToken(builder.Configuration, "gateway", Scopes.SessionCheck, Scopes.OperatorSignIn);
        builder.Services.AddHttpClient<SessionCheck>(http => http.BaseAddress = new Uri("http://identity")).ForWaitingPeople().WithServiceToken();
        builder.Services.AddTransient<ResidentToken>();
        builder.Services.AddHttpClient<ContactsClient>().AddHttpMessageHandler<ResidentToken>();
        builder.Services.AddHttpClient<GeocodingClient>().AddHttpMessageHandler<ResidentToken>();
        builder.Services.AddSingleton<PendingPins>();
        builder.AddProtection();
        return builder;
    }

    /// <summary>A token that is given and not good is refused, also where none was needed: its sender believes to be somebody.</summary>
    public static void UseGoodTokensOnly(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && http.User.Identity?.IsAuthenticated != true)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return;
        }
        await next(http);
    });

    private static void AddProtection(this IHostApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("ums-gateway");
        if (builder.Configuration["DataProtection:Directory"] is { Length: > 0 } directory)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(directory));
        }
        else if (!builder.Environment.IsDevelopment())
        {
            throw new InvalidOperationException("DataProtection:Directory is not set: give a folder that all replicas share and that outlives them.");
        }
        KeysAtRest.Seal(builder.Services, builder.Configuration);
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "__Host-ums-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.IsEssential = true;
            antiforgery.FormFieldName = "form";
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        // Also behind a proxy that ends TLS, where a request looks plain: browsers take Secure cookies from https and from localhost only.
        builder.Services.Configure<CookiePolicyOptions>(policy =>
        {
            policy.Secure = CookieSecurePolicy.Always;
            policy.HttpOnly = HttpOnlyPolicy.Always;
            policy.MinimumSameSitePolicy = SameSiteMode.Lax;
        });
    }

    private static async Task DropEndedSession(CookieValidatePrincipalContext context)
    {
        if (!await LivesAsync(context.HttpContext, context.Principal))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Session.Scheme);
        }
    }

    private static async Task RefuseEndedSession(TokenValidatedContext context)
    {
        // API clients' tokens belong to no session.
        if (context.Principal?.HasClaim(claim => claim.Type == Claims.Session) == true && !await LivesAsync(context.HttpContext, context.Principal))
        {
            context.Fail("The session has ended.");
        }
    }

    private static Task<bool> LivesAsync(HttpContext http, ClaimsPrincipal? user)
    {
        var check = http.RequestServices.GetRequiredService<SessionCheck>();
        return user?.FindFirstValue(Claims.Session) is not { } session ? Task.FromResult(false)
            : user.IsOperator() ? check.OperatorLivesAsync(session, http.RequestAborted)
            : check.LivesAsync(session, http.RequestAborted);
    }

    private static Task SendToSignIn(HttpContext http)
    {
        var portal = PortalCookie.Read(http);
        http.Response.Redirect(portal is null ? "/?utloggad=1" : $"/k/{portal}?utloggad=1");
        return Task.CompletedTask;
    }
}
