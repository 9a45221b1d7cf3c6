using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Ums.Gateway.Clients;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Gateway.OperatorSessions;

/// <summary>The signed-in operator: an encrypted cookie of its own beside the resident's, with the tokens that Identity gave for the code.</summary>
internal static class OperatorSession
{
    public const string Scheme = "operator";
    public const string Policy = "operator";

    /// <summary>
    /// The same, but a form that comes after the session has ended reaches its page, which does nothing with it but show it again: what somebody has written
    /// for half an hour is not lost. The page checks the session and the antiforgery token itself.
    /// </summary>
    public const string WritingPolicy = "operator or their unsent form";
    public const string CookieName = "__Host-ums-operator";
    public const string AccessToken = "access_token";
    public const string RefreshToken = "refresh_token";
    public const string RefreshAt = "refresh_at";

    /// <summary>The operator's name, and that of the organisation: for the page's head.</summary>
    public const string Name = "name";
    public const string OrganisationName = "organisation_name";

    /// <summary>A token is renewed so long before it ends, so that none ends on its way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private static readonly string[] Kept =
        [Claims.Subject, Claims.Session, Claims.Organisation, Claims.OrganisationSlug, Claims.Kind, Claims.Role, Claims.Scope, Claims.SignedInAt, Claims.Staff];

    /// <summary>Opens the session, or goes on with new tokens after the organisation has been chosen or the operator has proved again who they are.</summary>
    /// <returns>The account as Identity knows it.</returns>
    public static async Task<OperatorAccount> StartAsync(HttpContext http, OperatorTokens tokens)
    {
        var answer = await http.RequestServices.GetRequiredService<OperatorClient>().FindAsync(tokens.AccessToken, http.RequestAborted);
        var account = answer.Value ?? throw new ServiceAwayException("Identity");
        var place = account.Organisations.FirstOrDefault(one => one.Slug == account.Organisation)?.Name;
        if (place is null && account.Organisation is { } slug)
        {
            place = (await http.RequestServices.GetRequiredService<IdentityClient>().FindAsync(slug, http.RequestAborted))?.Name;
        }
        var user = UserOf(tokens, account.Name, place);
        await http.SignInAsync(Scheme, user, PropertiesOf(http, tokens));
        return account;
    }

    /// <summary>The same session with tokens that say what is so now.</summary>
    /// <exception cref="SessionEndedException">It is over.</exception>
    public static async Task<OperatorAccount> RenewAsync(HttpContext http)
    {
        var refresh = await http.GetTokenAsync(Scheme, RefreshToken);
        var answer = await http.RequestServices.GetRequiredService<OperatorTokensClient>().RefreshAsync(refresh!, http.RequestAborted);
        return await StartAsync(http, answer.Value ?? throw new SessionEndedException());
    }

    /// <summary>Ends the session at Identity and in the browser. Where Identity is away, the cookie goes all the same.</summary>
    public static async Task EndAsync(HttpContext http)
    {
        try
        {
            await http.RequestServices.GetRequiredService<OperatorClient>().SignOutAsync(http.RequestAborted);
        }
        catch (ServiceAwayException away)
        {
            OperatorSessionLog.SignOutUnheard(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OperatorSession)), away);
        }
        UnsentForm.Expect(http, (await http.AuthenticateAsync(Scheme)).Principal);
        await http.SignOutAsync(Scheme);
    }

    public static AuthenticationProperties PropertiesOf(HttpContext http, OperatorTokens tokens)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, AllowRefresh = false };
        properties.StoreTokens(
        [
            new AuthenticationToken { Name = AccessToken, Value = tokens.AccessToken },
            new AuthenticationToken { Name = RefreshToken, Value = tokens.RefreshToken },
            new AuthenticationToken { Name = RefreshAt, Value = (now.AddSeconds(tokens.ExpiresIn) - Margin).ToString("O", CultureInfo.InvariantCulture) },
        ]);
        return properties;
    }

    /// <summary>The token comes straight from Identity, so its signature need not be asked for; the services check it at every call.</summary>
    public static ClaimsPrincipal UserOf(OperatorTokens tokens, string name, string? organisation)
    {
        var identity = new ClaimsIdentity(new JsonWebToken(tokens.AccessToken).Claims.Where(claim => Kept.Contains(claim.Type)), Scheme, Name, Claims.Role);
        identity.AddClaim(new Claim(Name, name));
        if (organisation is not null)
        {
            identity.AddClaim(new Claim(OrganisationName, organisation));
        }
        return new ClaimsPrincipal(identity);
    }
}

/// <summary>The session ended while a page was being made; whoever asked has to sign in again.</summary>
internal sealed class SessionEndedException : Exception;

internal static partial class OperatorSessionLog
{
    [LoggerMessage(1, LogLevel.Warning, "Identity could not be told of an operator's sign-out; the session ends there when it has been idle.")]
    public static partial void SignOutUnheard(ILogger logger, Exception cause);
}
