using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ums.ServiceDefaults.Tokens;

public static class BearerTokens
{
    /// <summary>
    /// Trusts the access tokens that Identity signs for <paramref name="audience"/>. Routes without a decision of their own are refused; a decision is
    /// <see cref="RequireScope"/> or, on purpose, AllowAnonymous.
    /// </summary>
    /// <param name="audience">The service's resource name.</param>
    public static IHostApplicationBuilder AddBearerTokens(this IHostApplicationBuilder builder, string audience)
    {
        builder.Services.AddHttpClient(nameof(BearerTokens));
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IHttpClientFactory, IServiceProvider>((options, clients, _) =>
        {
            options.MapInboundClaims = false;
            options.RequireHttpsMetadata = false;
            options.Audience = audience;
            options.TokenValidationParameters.ValidIssuer = builder.Configuration["Tokens:Issuer"]
                ?? throw new InvalidOperationException("Tokens:Issuer is not set: give the gateway's public address with a trailing slash.");
            options.TokenValidationParameters.NameClaimType = Claims.Subject;
            options.TokenValidationParameters.ValidTypes = ["at+jwt"];
            options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                "http://identity/.well-known/jwks", new KeySetRetriever(), new DiscoveredDocuments(clients));
        });
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(IsNoRoute).Build());
        return builder;
    }

    /// <summary>What no route serves, or not with this method or content type, says so (404, 405, 415) instead of asking for a token.</summary>
    private static bool IsNoRoute(AuthorizationHandlerContext context) => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint;

    /// <summary>The route is for callers whose token has all of the given scopes.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder routes, params string[] scopes) where TBuilder : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder =>
        Require(routes, new RequiredScopes(scopes), user => scopes.All(user.HasScope));

    /// <summary>The route is for callers whose token has one of the given scopes at least.</summary>
    public static TBuilder RequireOneScopeOf<TBuilder>(this TBuilder routes, params string[] scopes) where TBuilder : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder =>
        Require(routes, new RequiredScopes(scopes, OneIsEnough: true), user => scopes.Any(user.HasScope));

    private static TBuilder Require<TBuilder>(TBuilder routes, RequiredScopes required, Func<ClaimsPrincipal, bool> fulfilled) where TBuilder : Microsoft.AspNetCore.Builder.IEndpointConventionBuilder
    {
        var policy = new AuthorizationPolicyBuilder(JwtBearerDefaults.AuthenticationScheme)
            .RequireAuthenticatedUser()
            .RequireAssertion(context => fulfilled(context.User))
            .Build();
        routes.Add(endpoint => endpoint.Metadata.Add(new AuthorizeAttribute()));
        routes.Add(endpoint => endpoint.Metadata.Add(policy));
        routes.Add(endpoint => endpoint.Metadata.Add(required));
        return routes;
    }

    /// <summary>Reads the key set itself: the discovery document names the public issuer, which services inside need not be able to reach.</summary>
    private sealed class KeySetRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var keys = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            var configuration = new OpenIdConnectConfiguration { JsonWebKeySet = keys };
            foreach (var key in keys.GetSigningKeys())
            {
                configuration.SigningKeys.Add(key);
            }
            return configuration;
        }
    }

    private sealed class DiscoveredDocuments(IHttpClientFactory clients) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
            await clients.CreateClient(nameof(BearerTokens)).GetStringAsync(new Uri(address), cancel);
    }
}

/// <summary>On a route: what its caller's token must be good for. The OpenAPI document tells it.</summary>
/// <param name="OneIsEnough">One of the scopes; otherwise all of them.</param>
internal sealed record RequiredScopes(IReadOnlyList<string> Scopes, bool OneIsEnough = false);
