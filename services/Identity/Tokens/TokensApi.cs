using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Ums.Identity.ApiClients;
using Ums.Identity.Askers;
using Ums.Identity.Operators;
using Ums.Identity.Pins;
using Ums.ServiceDefaults.Secrets;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Ums.Identity.Tokens;

internal static class TokensApi
{
    public static IHostApplicationBuilder AddTokens(this IHostApplicationBuilder builder)
    {
        var issuer = builder.Configuration["Tokens:Issuer"]
            ?? throw new InvalidOperationException("Tokens:Issuer is not set: give the gateway's public address with a trailing slash.");
        // For codes and refresh tokens; access tokens are signed only.
        var encryption = HKDF.DeriveKey(HashAlgorithmName.SHA256, builder.Configuration.Required("Tokens"), 32, info: "ums token encryption 1"u8.ToArray());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDb>().ReplaceDefaultEntities<Guid>())
            .AddServer(server =>
            {
                server.SetIssuer(new Uri(issuer)).SetTokenEndpointUris("connect/token").SetAuthorizationEndpointUris("connect/authorize")
                    .SetJsonWebKeySetEndpointUris(".well-known/jwks");
                server.AllowClientCredentialsFlow().AllowCustomFlow(PinGrant.Type).AcceptAnonymousClients();
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow();
                // A plain challenge would prove nothing to whoever has read the request.
                server.Configure(options => options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
                server.SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(1)).SetRefreshTokenLifetime(OperatorSession.Longest);
                server.RegisterScopes([.. ClientScopes.All]);
                // Tokens carry a session that can end, and codes one that can begin once; nothing about them is stored.
                server.DisableAccessTokenEncryption().DisableTokenStorage().DisableAuthorizationStorage();
                server.AddEncryptionKey(new SymmetricSecurityKey(encryption));
                server.AddEventHandler(HiddenPin.Descriptor);
                // TLS ends at the gateway.
                server.UseAspNetCore().EnableTokenEndpointPassthrough().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        builder.Services.AddSingleton<SigningKeys>().AddSingleton<KeyRotation>();
        builder.Services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(services => services.GetRequiredService<KeyRotation>());
        builder.Services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(services => services.GetRequiredService<KeyRotation>());
        builder.Services.AddHostedService(services => services.GetRequiredService<KeyRotation>());
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .PostConfigure<SigningKeys>((options, keys) => options.ConfigurationManager = new OwnKeys(keys));
        return builder;
    }

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        // For browsers that come from the operators' pages; programs have no use for it.
        routes.MapGet("/connect/authorize", OperatorGrant.AuthorizeAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/connect/token", IssueToken).AllowAnonymous().WithTags("Tokens").WithName(nameof(IssueToken))
            .AddOpenApiOperationTransformer((operation, _, _) => TokenDocument.DescribeAsync(operation));
    }

    /// <summary>OpenIddict has read the form, checked the client and the grant type; a caller without a client may use the PIN grant only.</summary>
    private static Task<IResult> IssueToken(
        HttpContext http, PinVerifier verifier, ClientNetwork networks, IdentityDb db, IOpenIddictApplicationManager clients,
        OperatorSessions operators, CancellationToken cancellationToken)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict did not see the token request.");
        return request.IsClientCredentialsGrantType() ? ClientGrant.Handle(request, clients, cancellationToken)
            : request.IsAuthorizationCodeGrantType() || request.IsRefreshTokenGrantType() ? OperatorGrant.ExchangeAsync(http, request, operators, cancellationToken)
            : PinGrant.Handle(http, request, verifier, networks, db, cancellationToken);
    }
}
