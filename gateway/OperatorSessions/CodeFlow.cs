using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Ums.Gateway.Clients;
using Ums.Gateway.Language;

namespace Ums.Gateway.OperatorSessions;

/// <summary>
/// The authorization code flow, with the gateway as the client: from the ticket that the sign-in page got, by way of /connect/authorize, back to
/// <c>/admin/tillbaka</c> with a code that only this browser can use (state) and only we can trade (secret and PKCE).
/// </summary>
internal sealed class CodeFlow(IDataProtectionProvider protection, GatewayOptions options)
{
    public const string TicketCookie = "__Host-ums-ticket";

    /// <summary>Identity's own, while a browser is away at its organisation's provider.</summary>
    public const string ForeignCookie = "__Host-ums-foreign";

    public const string Back = "/admin/tillbaka";
    private const string StateCookie = "__Host-ums-state";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Ums.Gateway.OperatorState").ToTimeLimitedDataProtector();

    private string RedirectUri => new Uri(options.PublicUrl, Back.TrimStart('/')).AbsoluteUri;

    /// <summary>Begins with a ticket.</summary>
    /// <param name="then">The page that was asked for.</param>
    /// <returns>Where to send the browser.</returns>
    public string Begin(HttpContext http, string? ticket, string then)
    {
        if (ticket is not null)
        {
            http.Response.Cookies.Append(TicketCookie, ticket, Cookie);
        }
        var pending = new Pending(Random(), Random(), LocalPath.OrHome(then));
        http.Response.Cookies.Append(StateCookie, protector.Protect(JsonSerializer.Serialize(pending), Kept), Cookie);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(pending.Verifier)));
        return $"/connect/authorize?response_type=code&client_id={OperatorTokensClient.ClientId}&scope=offline_access&state={pending.State}" +
            $"&code_challenge={challenge}&code_challenge_method=S256&redirect_uri={Uri.EscapeDataString(RedirectUri)}";
    }

    /// <returns>The tokens and the page to go to; nothing where the answer is not one to this browser's question.</returns>
    public async Task<(OperatorTokens Tokens, string Then)?> FinishAsync(HttpContext http, string? code, string? state, OperatorTokensClient identity)
    {
        var pending = Read(http);
        http.Response.Cookies.Delete(TicketCookie, Cookie);
        http.Response.Cookies.Delete(StateCookie, Cookie);
        if (pending is null || code is not { Length: > 0 and <= 4000 } || state is null
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(pending.State), Encoding.UTF8.GetBytes(state)))
        {
            return null;
        }
        var answer = await identity.ExchangeAsync(code, pending.Verifier, RedirectUri, http.RequestAborted);
        return answer.Value is { } tokens ? (tokens, pending.Then) : null;
    }

    private Pending? Read(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[StateCookie] is { } cookie ? JsonSerializer.Deserialize<Pending>(protector.Unprotect(cookie)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Cookie => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/", MaxAge = Kept };

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private sealed record Pending(string State, string Verifier, string Then);
}
