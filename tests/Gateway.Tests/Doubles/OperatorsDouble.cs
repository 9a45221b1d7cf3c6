using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.JsonWebTokens;
using Ums.ServiceDefaults.Tokens;
using Ums.Testing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Identity's operators: one, whose password is <see cref="Password"/> and whose code is <see cref="Code"/>.</summary>
public sealed class OperatorsDouble(TestTokens tokens)
{
    public const string Password = "ett långt lösenord 47";
    public const string Code = "123456";
    public const string Invitation = "an-invitation";
    public static readonly Guid Kim = Guid.Parse("019ab000-0000-7000-8000-00000000c1b0");

    private readonly ConcurrentDictionary<string, string> challenges = [];
    private readonly ConcurrentDictionary<Guid, string?> chosen = [];

    /// <summary>Works for UMS, and so has an organisation to choose.</summary>
    public bool Staff { get; set; }

    /// <summary>Who signs in next.</summary>
    public Guid Who { get; set; } = Kim;

    /// <summary>Where they work who are not staff.</summary>
    public string Place { get; set; } = "stockholm";

    /// <summary>What the operator is in the organisation.</summary>
    public string Role { get; set; } = Roles.Sender;

    /// <summary>How long a token is good.</summary>
    public int TokenSeconds { get; set; } = 600;

    /// <summary>What matters is refused until the operator has confirmed.</summary>
    public bool Stale { get; set; }

    public ConcurrentDictionary<Guid, bool> Sessions { get; } = [];

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/internal/operators/sign-in", (Wish wish) => wish is { Password: Password, Code: Code } ? Results.Ok(new { ticket = "the-ticket" }) : Wrong());
        routes.MapPost("/internal/invitations/read", (Wish wish) => wish.Token == Invitation
            ? Results.Ok(new { email = "kim@example.se", name = "Kim", organisation = "Stockholms stad", roles = new[] { "sender" }, known = false, secret = "MZXW6YTBOI" })
            : Refused(404, "unknown-invitation"));
        routes.MapPost("/internal/invitations/accept", (Wish wish) => wish.Code == Code
            ? Results.Ok(new { recoveryCodes = new[] { "aaaa-bbbb-cccc-dddd" } })
            : Results.Problem(statusCode: 400, type: "urn:ums:problem:validation",
                extensions: new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { ["code"] = ["wrong-code"] } }));
        routes.MapGet("/internal/operator-sessions/{sid:guid}", (Guid sid) => Sessions.GetValueOrDefault(sid) ? Results.NoContent() : Results.NotFound());
        routes.MapGet("/connect/authorize", Authorize);
        routes.MapGet("/api/operator", (HttpContext http) => Results.Ok(new
        {
            id = Guid.CreateVersion7(),
            name = "Kim <Berg>",
            email = "kim@example.se",
            staff = Staff,
            bound = false,
            organisation = chosen.GetValueOrDefault(SessionOf(http)),
            roles = new[] { Role },
            organisations = Staff ? [] : new[] { new { slug = "stockholm", name = "Stockholms stad", roles = new[] { Role } } },
            recoveryCodesLeft = 7,
            passkeys = Array.Empty<object>(),
        }));
        routes.MapPut("/api/operator/organisation", (HttpContext http, Wish wish) =>
        {
            chosen[SessionOf(http)] = wish.Slug;
            return Results.NoContent();
        });
        routes.MapPost("/api/operator/confirm", (Wish wish) =>
        {
            Stale = wish is not { Password: Password, Code: Code };
            return Stale ? Wrong() : Results.NoContent();
        });
        routes.MapPost("/api/operator/recovery-codes", () => Stale ? Refused(403, "sign-in-again") : Results.Ok(new { recoveryCodes = new[] { "eeee-ffff-gggg-hhhh" } }));
        routes.MapPut("/api/operator/password", () => Stale ? Refused(403, "sign-in-again") : Results.NoContent());
        routes.MapPost("/api/operator/sign-out", (HttpContext http) =>
        {
            Sessions[SessionOf(http)] = false;
            return Results.NoContent();
        });
    }

    internal IResult? Token(IFormCollection form)
    {
        if (form["grant_type"] == "authorization_code")
        {
            var right = challenges.TryRemove(form["code"].ToString(), out var challenge)
                && challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            var session = Guid.CreateVersion7();
            (Sessions[session], chosen[session]) = (right, Staff ? null : Place);
            return right ? Tokens(session) : Results.BadRequest(new { error = "invalid_grant" });
        }
        return form["grant_type"] != "refresh_token" ? null
            : Guid.TryParse(form["refresh_token"].ToString(), out var refreshed) && Sessions.GetValueOrDefault(refreshed) ? Tokens(refreshed)
            : Results.BadRequest(new { error = "invalid_grant" });
    }

    private IResult Authorize(HttpContext http)
    {
        var code = Guid.NewGuid().ToString("N");
        challenges[code] = http.Request.Query["code_challenge"].ToString();
        var answer = http.Request.Cookies["__Host-ums-ticket"] == "the-ticket" ? $"code={code}" : "error=login_required";
        return Results.Redirect($"{http.Request.Query["redirect_uri"]}?{answer}&state={Uri.EscapeDataString(http.Request.Query["state"].ToString())}");
    }

    private IResult Tokens(Guid session) => Results.Ok(new
    {
        access_token = tokens.Operator(
            string.Join(' ', Roles.ScopesOf([Role])), chosen[session] is null ? null : TownDoubles.Stockholm, chosen[session], Role, session, Who, Staff),
        refresh_token = session.ToString(),
        expires_in = TokenSeconds,
        token_type = "Bearer",
    });

    private static Guid SessionOf(HttpContext http) =>
        Guid.Parse(new JsonWebToken(http.Request.Headers.Authorization.ToString()["Bearer ".Length..]).GetClaim("sid").Value);

    private static IResult Wrong() => Refused(403, "wrong-credentials");

    private static IResult Refused(int status, string slug) => Results.Problem(statusCode: status, title: slug, type: $"urn:ums:problem:{slug}");

    internal sealed record Wish(string? Email, string? Password, string? Code, string? Token, string? Slug, string? Reason);
}
