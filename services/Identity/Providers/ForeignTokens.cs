using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Ums.ServiceDefaults.Secrets;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Providers;

/// <param name="Email">In lower case, as the provider's claim has it; null where it has none, or says that nobody has checked it.</param>
/// <param name="SignedInAt">When the person proved to the provider who they are.</param>
internal sealed record ForeignClaims(string Subject, string? Email, string? Name, DateTimeOffset SignedInAt);

/// <summary>Trades a provider's code for an ID token and believes it only where everything fits: signature, issuer, client, nonce, time.</summary>
internal sealed class ForeignTokens(IHttpClientFactory clients, ProviderDirectory directory, PersonalData personal, IConfiguration configuration, TimeProvider clock)
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
    ];

    /// <exception cref="ProviderException">It does not answer, or its answer does not hold.</exception>
    public async Task<ForeignClaims> ExchangeAsync(Provider provider, string code, ForeignState state, CancellationToken cancellationToken)
    {
        var found = await directory.FindAsync(provider.Issuer, cancellationToken);
        var validated = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(
            await FetchAsync(provider, found.TokenEndpoint, code, state, cancellationToken), ParametersFor(provider, found));
        if (!validated.IsValid || validated.SecurityToken is not JsonWebToken token)
        {
            throw new ProviderException("token-does-not-hold");
        }
        if (!token.TryGetPayloadValue<string>("nonce", out var nonce) || nonce != state.Nonce)
        {
            throw new ProviderException("nonce-of-another");
        }
        if (token.TryGetPayloadValue<string>("azp", out var party) && party != provider.ClientId)
        {
            throw new ProviderException("token-for-another");
        }
        return Read(token, provider.EmailClaim, state.Again);
    }

    private ForeignClaims Read(JsonWebToken token, string emailClaim, bool again)
    {
        var now = clock.GetUtcNow();
        var email = token.TryGetPayloadValue<string>(emailClaim, out var typed) ? Operators.People.ReadEmail(typed) : null;
        if (token.TryGetClaim("email_verified", out var verified) && !string.Equals(verified.Value, "true", StringComparison.OrdinalIgnoreCase))
        {
            email = null;
        }
        // A provider that does not say when, and was not asked to ask again, may have known the browser since yesterday.
        var at = token.TryGetClaim("auth_time", out var told) && long.TryParse(told.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, now.ToUnixTimeSeconds()))
            : again ? now : now - FreshSignIn.Lasts;
        return new ForeignClaims(token.Subject, email, token.TryGetPayloadValue<string>("name", out var name) ? Operators.People.ReadName(name) : null, at);
    }

    private async Task<string> FetchAsync(Provider provider, string endpoint, string code, ForeignState state, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = configuration["Tokens:Issuer"] + BeginForeignSignIn.CallbackPath,
            ["client_id"] = provider.ClientId,
            ["client_secret"] = personal.Open(provider.OrganisationId, provider.SecretSealed),
            ["code_verifier"] = state.Verifier,
        });
        try
        {
            using var answer = await clients.CreateClient(ProviderHttp.Client).PostAsync(new Uri(endpoint), form, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new ProviderException("code-refused");
            }
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String
                ? token.GetString()! : throw new ProviderException("no-token");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ProviderException("provider-away");
        }
    }

    private TokenValidationParameters ParametersFor(Provider provider, OpenIdConnectConfiguration found) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.ClientId,
        IssuerSigningKeys = found.SigningKeys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (from, to, _, _) =>
            to > clock.GetUtcNow().UtcDateTime.AddMinutes(-2) && (from is null || from < clock.GetUtcNow().UtcDateTime.AddMinutes(2)),
    };
}
