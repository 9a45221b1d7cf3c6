using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Ums.Gateway.Clients;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.Sessions;

/// <summary>The signed-in resident: an encrypted cookie that carries Identity's access token, which no script and no other host ever sees.</summary>
internal static class Session
{
    public const string Scheme = "session";
    public const string Policy = "resident";
    public const string CookieName = "__Host-ums";
    public const string AccessToken = "access_token";

    private static readonly string[] Kept =
        [Claims.Subject, Claims.Session, Claims.Organisation, Claims.OrganisationSlug, Claims.PhoneNumber, Claims.Kind, Claims.Channel];

    /// <summary>Starts a session with a token that Identity has just handed us; one that was open in this browser ends.</summary>
    public static async Task StartAsync(HttpContext http, Token token, TimeProvider clock)
    {
        await EndAsync(http);
        // The token comes straight from Identity, so its signature need not be asked for; the services check it at every call.
        var claims = new JsonWebToken(token.AccessToken).Claims.Where(claim => Kept.Contains(claim.Type));
        var user = new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, Claims.Subject, null));
        var properties = new AuthenticationProperties { IssuedUtc = clock.GetUtcNow(), ExpiresUtc = clock.GetUtcNow().AddSeconds(token.ExpiresIn), AllowRefresh = false };
        properties.StoreTokens([new AuthenticationToken { Name = AccessToken, Value = token.AccessToken }]);
        await http.SignInAsync(Scheme, user, properties);
    }

    /// <summary>Ends the session at Identity and in the browser. Where Identity is away, the cookie goes all the same.</summary>
    public static async Task EndAsync(HttpContext http)
    {
        var ticket = http.Request.Cookies.ContainsKey(CookieName) ? await http.AuthenticateAsync(Scheme) : AuthenticateResult.NoResult();
        if (ticket.Properties?.GetTokenValue(AccessToken) is { } token)
        {
            try
            {
                await http.RequestServices.GetRequiredService<IdentityClient>().SignOutAsync(token, http.RequestAborted);
            }
            catch (ServiceAwayException away)
            {
                SessionLog.SignOutUnheard(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Session)), away);
            }
        }
        await http.SignOutAsync(Scheme);
    }

    /// <summary>The slug of the organisation that the open session belongs to; null where none is open.</summary>
    public static async Task<string?> OrganisationAsync(HttpContext http) =>
        await IsOpenAsync(http) ? (await http.AuthenticateAsync(Scheme)).Principal!.FindFirstValue(Claims.OrganisationSlug) : null;

    public static async Task<bool> IsOpenAsync(HttpContext http) =>
        http.Request.Cookies.ContainsKey(CookieName) && (await http.AuthenticateAsync(Scheme)).Succeeded;
}

internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Warning, "Identity could not be told of a sign-out; the session ends there when it has been idle.")]
    public static partial void SignOutUnheard(ILogger logger, Exception cause);
}
