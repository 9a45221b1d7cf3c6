using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Ums.Testing;

namespace Ums.Gateway.Tests.Doubles;

/// <summary>Identity: any six digits but 000000 sign in, unless a refusal is set.</summary>
public sealed class IdentityDouble(TestTokens tokens)
{
    public const string WrongPin = "000000";

    public static readonly object[] Organisations =
    [
        Organisation(TownDoubles.Stockholm, "stockholm", "Stockholms stad", "municipality", "0180"),
        Organisation(Guid.Parse("019ab000-0000-7000-8000-000000002581"), "pitea", "Piteå kommun", "municipality", "2581"),
        Organisation(Guid.Parse("019ab000-0000-7000-8000-000000000001"), "malarenergi-demo", "Mälarvatten AB", "company", "0180", "0184"),
    ];

    /// <summary>The next request for a PIN is refused so.</summary>
    public Refusal? PinRefusal { get; set; }

    /// <summary>The next exchange of a PIN is refused with this word.</summary>
    public string? TokenRefusal { get; set; }

    /// <summary>Google's public key, where Identity is set to reCAPTCHA.</summary>
    public string? RecaptchaKey { get; set; }

    /// <summary>How many digits the next PIN has.</summary>
    public int Digits { get; set; } = 6;

    public string Kind { get; set; } = "private";

    public ConcurrentDictionary<Guid, bool> Sessions { get; } = [];

    public OperatorsDouble Operators { get; } = new(tokens);

    public void Reset() => (PinRefusal, TokenRefusal, Kind, Digits) = (null, null, "private", 6);

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/organisations", (string? query) => Results.Ok(Organisations.Where(one =>
            ((string)((dynamic)one).name).Contains(query ?? "", StringComparison.OrdinalIgnoreCase))));
        routes.MapGet("/api/organisations/{slug}", (string slug) => Find(slug) is { } found ? Results.Ok(found) : Results.NotFound());
        routes.MapGet("/api/organisations/covering/{code}", (string code) =>
            code == "2581" ? Results.Ok(new[] { new { slug = "pitea", name = "Piteå kommun", kind = "municipality" } }) : Results.Ok(Array.Empty<object>()));
        routes.MapPost("/api/pins", (HttpContext http, PinWish wish) => PinRefusal?.Answer(http) ?? Sent(http, wish.Phone.StartsWith("08", StringComparison.Ordinal) ? "voice" : "sms"));
        routes.MapPost("/api/pins/{id}/resend", (HttpContext http, Resend resend) => PinRefusal?.Answer(http) ?? Sent(http, resend.Channel));
        // As a Delegate: as a RequestDelegate the result would be thrown away.
        routes.MapPost("/connect/token", (Delegate)TokenAsync);
        routes.MapPost("/connect/logout", (HttpContext http) => EndSession(http));
        routes.MapGet("/internal/sessions/{sid:guid}", (Guid sid) => Sessions.GetValueOrDefault(sid) ? Results.NoContent() : Results.NotFound());
        Operators.Map(routes);
        routes.MapGet("/api/captcha", () => RecaptchaKey is { } key
            ? Results.Ok(new { provider = "recaptcha", siteKey = key })
            : Results.Ok(new { provider = "altcha", parameters = new { algorithm = "SHA-256" } }));
    }

    private static object Organisation(Guid id, string slug, string name, string kind, params string[] codes) => new
    {
        id,
        slug,
        name,
        kind,
        municipalityCodes = codes,
        language = "sv",
        smsSenderName = name.Split(' ')[0],
        voiceCallerId = "+4684650040",
        norwegianNumbers = false,
        categories = new[] { "Vatten och avlopp", "Fjärrkyla" },
    };

    private static object? Find(string slug) => Organisations.FirstOrDefault(one => (string)((dynamic)one).slug == slug || ((Guid)((dynamic)one).id).ToString() == slug);

    private IResult Sent(HttpContext http, string channel)
    {
        http.Response.Headers.Append("Set-Cookie", "__Host-ums-browser=browser-of-the-double; path=/; secure; samesite=lax; httponly");
        return Results.Accepted(null, new
        {
            pinRequestId = Guid.CreateVersion7(),
            channel,
            expiresAt = DateTimeOffset.UtcNow.AddMinutes(10),
            resendAfter = DateTimeOffset.UtcNow.AddSeconds(30),
            digits = Digits,
        });
    }

    private async Task<IResult> TokenAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["grant_type"] == "client_credentials")
        {
            return Token(tokens.Client("gateway", form["scope"].ToString(), "identity"), 600);
        }
        if (Operators.Token(form) is { } answer)
        {
            return answer;
        }
        if (TokenRefusal is { } word || form["pin"] == WrongPin)
        {
            return Results.BadRequest(new { error = "invalid_grant", error_description = "Refused.", ums_problem = TokenRefusal ?? "wrong-pin", attempts_left = 3 });
        }
        var session = Guid.CreateVersion7();
        Sessions[session] = true;
        return Token(tokens.Resident(TownDoubles.Stockholm, kind: Kind, session: session), 7200);
    }

    private static IResult Token(string token, int seconds) => Results.Ok(new { access_token = token, token_type = "Bearer", expires_in = seconds, scope = "" });

    private IResult EndSession(HttpContext http)
    {
        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(http.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
        Sessions[Guid.Parse(token.GetClaim("sid").Value)] = false;
        return Results.NoContent();
    }

    internal sealed record PinWish(string Organisation, string Phone, string Role, string? Captcha, string? Purpose);

    internal sealed record Resend(string Channel);
}
