using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Ums.Identity.Tests.Providers;

/// <summary>A real OpenID Connect provider on a port of its own, such as an organisation has: one client, and one person at the keyboard.</summary>
public sealed class OidcServer : IAsyncDisposable
{
    public const string ClientId = "ums-at-the-municipality";
    public const string Secret = "a-secret-of-the-provider";

    private readonly WebApplication app;

    private OidcServer(WebApplication app) => this.app = app;

    /// <summary>What it says of whoever signs in next.</summary>
    public Dictionary<string, object> Person { get; } = [];

    /// <summary>It forgets the nonce, or says that it is for another client.</summary>
    public bool ForgetsNonce { get; set; }

    public string Issuer => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";

    public static async Task<OidcServer> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(clock);
        OidcServer? self = null;
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetJsonWebKeySetEndpointUris("keys");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.RegisterScopes(Scopes.Profile, Scopes.Email);
            server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
            server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.RedirectUri != "http://localhost:8080/connect/foreign/callback")
                    context.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != Secret)
                    context.Reject(Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
            {
                if (self!.ForgetsNonce && context.TokenType == TokenTypeIdentifiers.IdentityToken)
                    context.Principal = context.Principal.RemoveClaims(Claims.Nonce);
                return default;
            }));
        });
        var app = builder.Build();
        app.UseAuthentication();
        app.MapGet("/authorize", () => self!.SignIn());
        self = new OidcServer(app);
        await app.StartAsync();
        return self;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult SignIn()
    {
        var identity = new ClaimsIdentity("password", Claims.Name, Claims.Role);
        foreach (var (name, value) in Person)
        {
            _ = value switch
            {
                bool flag => identity.SetClaim(name, flag),
                long number => identity.SetClaim(name, number),
                _ => identity.SetClaim(name, value.ToString()),
            };
        }
        identity.SetScopes(Scopes.OpenId).SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
