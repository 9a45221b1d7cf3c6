using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
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
                    KeepCookiesOfIdentity(transform, context.Cluster!.ClusterId);
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
            .AddPolicy(Routes.Who.AlertWriter, HasScope(Scopes.AlertWrite))
            .AddPolicy(Routes.Who.Operator, HasScope(Scopes.Account))
            .AddPolicy(Routes.Who.OrganisationReader, HasScope(Scopes.OrganisationRead))
            .AddPolicy(Routes.Who.OrganisationWriter, HasScope(Scopes.OrganisationWrite))
            .AddPolicy(Routes.Who.OperatorManager, HasScope(Scopes.OperatorManage))
            .AddPolicy(Routes.Who.RecordReader, HasScope(Scopes.ContactRead))
            .AddPolicy(Routes.Who.Auditor, HasScope(Scopes.AuditRead));
        return builder;
    }

    /// <summary>Where each service's OpenAPI document is.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder routes) => routes
        .MapGet(OpenApi.Route, () => Routes.Clusters.ToDictionary(service => service.ClusterId, service => $"{OpenApi.Route}/{service.ClusterId}.json"))
        .AllowAnonymous().RequireRateLimiting(Limits.Calls);

    /// <summary>The sessions never leave the gateway; Identity alone gets the cookie that ties a PIN to the browser that asked, and what an
    /// operator carries from the proof to the session.</summary>
    private static void KeepCookiesOfIdentity(RequestTransformContext transform, string service)
    {
        transform.ProxyRequest.Headers.Remove("Cookie");
        var kept = service != "identity" ? [] : ((string[])[BrowserCookie.Name, CodeFlow.TicketCookie, CodeFlow.ForeignCookie])
            .Where(transform.HttpContext.Request.Cookies.ContainsKey).Select(name => $"{name}={transform.HttpContext.Request.Cookies[name]}").ToArray();
        if (kept.Length > 0)
        {
            transform.ProxyRequest.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", kept));
        }
    }

    private static Action<AuthorizationPolicyBuilder> HasScope(params string[] oneOf) => policy => policy
        .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => oneOf.Any(context.User.HasScope));
}
