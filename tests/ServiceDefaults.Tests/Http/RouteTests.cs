using Microsoft.AspNetCore.Builder;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;
using Ums.Testing;
using Xunit.Sdk;

namespace Ums.ServiceDefaults.Tests.Http;

public sealed class RouteTests(Servers servers) : IClassFixture<Servers>
{
    [Fact]
    public async Task a_route_without_a_decision_is_found_and_refused()
    {
        await using var service = await StartAsync(app => app.MapGet("/open", () => "anyone?"));

        Assert.Contains("GET /open", Assert.Throws<XunitException>(() => RouteRules.AssertEveryRouteHasADecision(service.Services)).Message, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await service.Client.GetAsync(new Uri("/open", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task routes_with_a_decision_pass_and_the_open_ones_are_listed()
    {
        await using var service = await StartAsync(app =>
        {
            app.MapGet("/mine", () => "").RequireScope(Scopes.Contact);
            app.MapPost("/anyone", () => "").AllowAnonymous();
        });

        RouteRules.AssertEveryRouteHasADecision(service.Services);
        RouteRules.AssertAnonymous(service.Services, "POST /anyone");
        Assert.Throws<EqualException>(() => RouteRules.AssertAnonymous(service.Services));
    }

    [Fact]
    public async Task the_openapi_document_tells_a_routes_scopes_and_leaves_internal_routes_out()
    {
        await using var service = await StartAsync(app =>
        {
            app.MapGet("/mine", () => "").RequireScope(Scopes.Contact);
            app.MapGet("/internal/mine", () => "").RequireScope(Scopes.Contact);
        });

        var document = await service.Client.GetStringAsync(new Uri("/api/openapi", UriKind.Relative));

        Assert.Contains("\"/mine\"", document, StringComparison.Ordinal);
        Assert.Contains("\"contact\"", document, StringComparison.Ordinal);
        Assert.DoesNotContain("/internal", document, StringComparison.Ordinal);
        Assert.DoesNotContain("\"servers\"", document, StringComparison.Ordinal);
    }

    private Task<TestService> StartAsync(Action<WebApplication> routes) =>
        TestService.StartAsync("contacts", servers.Database, servers.Broker, builder: builder => builder.AddOpenApiDocument("contacts"), routes: routes, waitForBus: false);
}
