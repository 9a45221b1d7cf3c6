using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ums.Gateway.Tests.Doubles;
using Xunit;
using Yarp.ReverseProxy.Configuration;

namespace Ums.Gateway.Tests;

public sealed class ProxyTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public void every_proxied_route_states_who_how_often_how_long_and_how_much() => Assert.All(
        gateway.Services.GetRequiredService<IProxyConfigProvider>().GetConfig().Routes,
        route =>
        {
            Assert.False(string.IsNullOrEmpty(route.AuthorizationPolicy), route.RouteId);
            Assert.False(string.IsNullOrEmpty(route.RateLimiterPolicy), route.RouteId);
            Assert.NotNull(route.Timeout);
            Assert.NotNull(route.MaxRequestBodySize);
            Assert.NotEmpty(route.Match.Methods!);
        });

    [Theory]
    [InlineData("/internal/sessions/019ab000-0000-7000-8000-000000000180")]
    [InlineData("/internal/messages/pin-requested")]
    [InlineData("/api/internal")]
    [InlineData("/api/organisations/../../internal/sessions/019ab000-0000-7000-8000-000000000180")]
    public async Task what_is_internal_is_not_there(string path)
    {
        gateway.Town.Reset();
        var response = await gateway.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain(gateway.Town.Requests, seen => seen.Path.Contains("internal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task metrics_are_not_for_the_world() =>
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.GetAsync("/metrics")).StatusCode);

    [Fact]
    public async Task anyone_may_ask_for_organisations_and_a_token_and_only_a_resident_for_a_contact()
    {
        gateway.Town.Reset();
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/api/organisations?query=stock")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/api/openapi/contacts.json")).StatusCode);
        Assert.Contains(gateway.Town.Requests, seen => seen.Path == "/api/openapi");
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Client.GetAsync("/api/contact")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Client.PostAsJsonAsync("/api/addresses/matches", new { street = "x" })).StatusCode);
    }

    [Fact]
    public async Task a_residents_token_works_until_the_session_ends()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var session = Guid.CreateVersion7();
        gateway.Town.Identity.Sessions[session] = true;
        var resident = gateway.ClientWith(gateway.Tokens.Resident(TownDoubles.Stockholm, session: session));
        Assert.Equal(HttpStatusCode.OK, (await resident.GetAsync("/api/contact")).StatusCode);
        gateway.Town.Identity.Sessions[session] = false;
        Assert.Equal(HttpStatusCode.Unauthorized, (await resident.GetAsync("/api/contact")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await resident.GetAsync("/api/organisations")).StatusCode);
    }

    [Fact]
    public async Task a_session_cookie_alone_opens_no_api()
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        var browser = await gateway.SignedInAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/contact")).StatusCode);
    }

    [Fact]
    public async Task a_token_for_something_else_does_not_open_a_contact()
    {
        var proof = gateway.ClientWith(gateway.Tokens.PhoneProof(TownDoubles.Stockholm, Guid.CreateVersion7(), "+46701740605"));
        Assert.Equal(HttpStatusCode.Forbidden, (await proof.GetAsync("/api/contact")).StatusCode);
    }

    [Fact]
    public async Task only_an_operators_token_sends_addresses_in()
    {
        gateway.Town.Reset();
        foreach (var scope in (string[])["address.read", "address.match"])
        {
            var other = gateway.ClientWith(gateway.Tokens.Client("other", scope, "geocoding"));
            Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync("/api/imports/addresses?format=csv", new StringContent("x"))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/api/imports/addresses/{Guid.CreateVersion7()}")).StatusCode);
        }
        var sender = gateway.ClientWith(gateway.Tokens.Client("operator", "address.import", "geocoding"));
        await sender.PostAsync("/api/imports/addresses?format=csv", new StringContent("x"));
        Assert.Contains(gateway.Town.Requests, seen => seen.Path == "/api/imports/addresses");
    }

    [Fact]
    public async Task only_who_may_write_alerts_sees_what_a_text_becomes()
    {
        gateway.Town.Reset();
        var body = new { text = "Vattnet stängs av." };
        var other = gateway.ClientWith(gateway.Tokens.Client("other", "address.read", "notifier"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Client.PostAsJsonAsync("/api/texts/preview", body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsJsonAsync("/api/texts/preview", body)).StatusCode);
        Assert.DoesNotContain(gateway.Town.Requests, seen => seen.Path == "/api/texts/preview");

        await gateway.ClientWith(gateway.Tokens.Client("writer", "alert.write", "notifier")).PostAsJsonAsync("/api/texts/preview", body);
        Assert.Contains(gateway.Town.Requests, seen => seen.Path == "/api/texts/preview");
    }

    [Fact]
    public async Task what_a_client_writes_into_forwarding_headers_reaches_no_service()
    {
        gateway.Town.Reset();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/organisations");
        foreach (var header in (string[])["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded", "X-Real-IP"])
        {
            request.Headers.TryAddWithoutValidation(header, "203.0.113.66");
        }
        await gateway.Client.SendAsync(request);
        var seen = gateway.Town.Requests.Last();
        Assert.DoesNotContain(seen.Headers, header => header.Value.Contains("203.0.113.66", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_service_away_is_503_or_502_with_problem_details_and_not_a_stack()
    {
        gateway.Town.Reset();
        gateway.Town.Away["identity"] = true;
        var response = await gateway.Client.GetAsync("/api/organisations");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var resident = gateway.ClientWith(gateway.Tokens.Resident(TownDoubles.Stockholm));
        response = await resident.GetAsync("/api/contact");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.DoesNotContain("   at ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        gateway.Town.Reset();
    }

    [Fact]
    public void every_page_is_limited() => Assert.All(
        gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.RazorPages.PageActionDescriptor>() is not null),
        endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null || endpoint.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null,
            endpoint.DisplayName));
}
