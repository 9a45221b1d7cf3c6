using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ums.Testing;

/// <summary>Mints access tokens as Identity would, with a key that the service under test is made to trust.</summary>
public sealed class TestTokens
{
    public const string Issuer = "http://localhost:8080/";

    private static readonly string[] ResidentAudiences = ["contacts", "geocoding", "identity"];

    private static readonly string[] OperatorAudiences = ["identity", "contacts", "geocoding", "notifier"];

    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    /// <summary>A signed-in resident.</summary>
    public string Resident(
        Guid organisation, string phone = "+46701740605", string kind = "private", string organisationSlug = "stockholm", Guid? session = null,
        Guid? subject = null, string channel = "sms", string scope = "contact address.read") =>
        Mint(scope, ResidentAudiences, new()
        {
            ["sub"] = (subject ?? Guid.CreateVersion7()).ToString(),
            ["sid"] = (session ?? Guid.CreateVersion7()).ToString(),
            ["organisation"] = organisation.ToString(),
            ["organisation_slug"] = organisationSlug,
            ["phone_number"] = phone,
            ["kind"] = kind,
            ["channel"] = channel,
        });

    /// <summary>Proof that the bearer answers at a new number.</summary>
    public string PhoneProof(Guid organisation, Guid subject, string phone, string kind = "private") =>
        Mint("phone.proof", ["contacts"], new()
        {
            ["sub"] = subject.ToString(),
            ["organisation"] = organisation.ToString(),
            ["phone_number"] = phone,
            ["kind"] = kind,
        });

    /// <summary>An operator at work in an organisation, or before one is chosen.</summary>
    public string Operator(
        string scope, Guid? organisation = null, string? organisationSlug = null, string? role = null, Guid? session = null, Guid? subject = null,
        bool staff = false, DateTimeOffset? signedInAt = null) =>
        Mint(scope, OperatorAudiences, new()
        {
            ["sub"] = (subject ?? Guid.CreateVersion7()).ToString(),
            ["sid"] = (session ?? Guid.CreateVersion7()).ToString(),
            ["kind"] = "operator",
            ["organisation"] = organisation?.ToString(),
            ["organisation_slug"] = organisationSlug,
            ["role"] = role,
            ["staff"] = staff ? "true" : null,
            ["auth_time"] = (signedInAt ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
        });

    /// <summary>A service or an API client, by client credentials.</summary>
    public string Client(string clientId, string scope, string audience, Guid? organisation = null) =>
        Mint(scope, [audience], new() { ["sub"] = clientId, ["client_id"] = clientId, ["organisation"] = organisation?.ToString() });

    /// <summary>Any token, right or wrong: claims without a value are left out.</summary>
    public string Mint(
        string scope, string[] audiences, Dictionary<string, string?> claims, DateTimeOffset? issued = null, TimeSpan? lifetime = null,
        string issuer = Issuer, string type = "at+jwt", SecurityKey? signedBy = null)
    {
        var now = issued ?? DateTimeOffset.UtcNow;
        var identity = new ClaimsIdentity(claims.Where(claim => claim.Value is not null).Select(claim => new Claim(claim.Key, claim.Value!)));
        identity.AddClaim(new Claim("scope", scope));
        foreach (var audience in audiences)
            identity.AddClaim(new Claim("aud", audience));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Subject = identity,
            TokenType = type,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + (lifetime ?? TimeSpan.FromMinutes(30))).UtcDateTime,
            SigningCredentials = new SigningCredentials(signedBy ?? key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    /// <summary>Lets every bearer scheme of the service trust this key instead of fetching Identity's.</summary>
    internal void TrustedBy(IServiceCollection services)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
        configuration.SigningKeys.Add(key);
        services.PostConfigureAll<JwtBearerOptions>(options =>
            options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration));
    }
}
