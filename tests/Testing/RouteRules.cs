using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Sdk;

namespace Ums.Testing;

/// <summary>Rules that hold for every route of every service; each service's tests ask them of its own host.</summary>
public static class RouteRules
{
    /// <summary>Who may call a route is decided on the route (RequireScope, RequireAuthorization) or given to all on purpose (AllowAnonymous), never left open.</summary>
    public static void AssertEveryRouteHasADecision(IServiceProvider services)
    {
        var undecided = Routes(services)
            .Where(route => route.Metadata.GetMetadata<IAuthorizeData>() is null
                && route.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(Name).ToList();
        if (undecided.Count > 0)
        {
            throw new XunitException("Routes without an authorisation decision:\n" + string.Join('\n', undecided));
        }
    }

    /// <summary>Exactly these routes are open to anyone, as <c>GET /api/organisations</c>; another is a decision to be made here.</summary>
    public static void AssertAnonymous(IServiceProvider services, params string[] expected)
    {
        var anonymous = Routes(services).Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Name).Distinct().Order(StringComparer.Ordinal);
        var wanted = expected.Concat(["* /metrics", "* /health", "* /alive", "GET /api/openapi"]).Order(StringComparer.Ordinal);
        Xunit.Assert.Equal(wanted, anonymous);
    }

    private static List<RouteEndpoint> Routes(IServiceProvider services)
    {
        var routes = services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
        return routes.Count > 0 ? routes : throw new XunitException("The host has no routes: was it started?");
    }

    private static string Name(RouteEndpoint route)
    {
        var methods = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods;
        return $"{(methods is { Count: > 0 } ? string.Join(',', methods) : "*")} /{route.RoutePattern.RawText?.TrimStart('/')}";
    }
}
