using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Ums.Gateway.Clients;
using Ums.Gateway.Security;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;

namespace Ums.Gateway.Proxy;

internal static class ProxyFeature
{
    public static IHostApplicationBuilder AddProxy(this IHostApplicationBuilder builder)
    {
        builder.Services.AddReverseProxy()
            .LoadFromMemory(Routes.All(builder.Environment.IsDevelopment()), Routes.Clusters)
            .AddTransforms(context =>
            {
                // X-Forwarded-* are overwritten by YARP with what we saw ourselves; these are the other names for the same claims.
                foreach (var header in (string[])["Forwarded", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Original-URL", "X-Rewrite-URL"])
                {
                    context.AddRequestHeaderRemove(header);
                }
                context.AddResponseHeaderRemove("Server");
                context.AddRequestTransform(transform =>
                {
                    KeepBrowserCookieOnly(transform, context.Cluster!.ClusterId);
                    return ValueTask.CompletedTask;
                });
            });
        builder.Services.AddSingleton<IDestinationResolver, ServiceDiscoveryDestinationResolver>();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Routes.Who.Resident, HasScope(Scopes.Contact))
            .AddPolicy(Routes.Who.AddressReader, HasScope(Scopes.AddressRead))
            .AddPolicy(Routes.Who.AddressMatcher, HasScope(Scopes.AddressMatch))
            .AddPolicy(Routes.Who.AddressImporter, HasScope(Scopes.AddressImport))
            .AddPolicy(Routes.Who.RegisterImporter, HasScope(Scopes.RegisterImport))
            .AddPolicy(Routes.Who.AudienceReader, HasScope(Scopes.AudienceRead))
            .AddPolicy(Routes.Who.AlertReader, HasScope(Scopes.AlertRead))
            .AddPolicy(Routes.Who.AlertSender, HasScope(Scopes.AlertWrite, Scopes.AlertApprove))
            .AddPolicy(Routes.Who.AlertWriter, HasScope(Scopes.AlertWrite));
        return builder;
    }

    /// <summary>Where each service's OpenAPI document is.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder routes) => routes
        .MapGet(OpenApi.Route, () => Routes.Clusters.ToDictionary(service => service.ClusterId, service => $"{OpenApi.Route}/{service.ClusterId}.json"))
        .AllowAnonymous().RequireRateLimiting(Limits.Calls);

    /// <summary>The session never leaves the gateway; Identity alone gets the cookie that ties a PIN to the browser that asked.</summary>
    private static void KeepBrowserCookieOnly(RequestTransformContext transform, string service)
    {
        transform.ProxyRequest.Headers.Remove("Cookie");
        if (service == "identity" && transform.HttpContext.Request.Cookies[BrowserCookie.Name] is { } browser)
        {
            transform.ProxyRequest.Headers.TryAddWithoutValidation("Cookie", $"{BrowserCookie.Name}={browser}");
        }
    }

    private static Action<AuthorizationPolicyBuilder> HasScope(params string[] oneOf) => policy => policy
        .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => oneOf.Any(context.User.HasScope));
}
