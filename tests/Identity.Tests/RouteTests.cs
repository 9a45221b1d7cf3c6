using System.Net;
using Ums.Testing;

namespace Ums.Identity.Tests;

public sealed class RouteTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    [Fact]
    public void every_route_has_a_decision() => RouteRules.AssertEveryRouteHasADecision(identity.Services);

    [Fact]
    public void the_open_routes_are_these() => RouteRules.AssertAnonymous(identity.Services,
        "GET /api/organisations/", "GET /api/organisations/{slug}", "GET /api/organisations/covering/{code}", "GET /api/captcha", "POST /api/pins/",
        "POST /api/pins/{id:guid}/resend", "POST /connect/token", "GET /connect/authorize",
        "GET /connect/foreign/{slug}", "GET /connect/foreign/callback");

    [Fact]
    public Task the_committed_openapi_document_is_what_the_code_makes() => CommittedDocument.AssertOpenApiUpToDateAsync(identity.Client, "identity");

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/pins", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/organisations/stockholm", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/pins/seven/resend", HttpStatusCode.NotFound)]
    [InlineData("POST", "/connect/logout", HttpStatusCode.Unauthorized)]
    public async Task what_is_no_route_says_so(string method, string address, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await identity.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
