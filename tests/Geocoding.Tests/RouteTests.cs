using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests;

public sealed class RouteTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public void Every_route_has_a_decision() => RouteRules.AssertEveryRouteHasADecision(geocoding.Services);

    [Fact]
    public void Only_the_map_is_for_anyone() =>
        RouteRules.AssertAnonymous(geocoding.Services, "GET /api/map/style.json", "GET /api/map/tiles/{z}/{x}/{y}.mvt", "GET /api/map/base.pmtiles",
            "GET /api/map/municipalities/{code}");

    [Fact]
    public Task The_committed_OpenAPI_document_is_what_the_code_makes() => CommittedDocument.AssertOpenApiUpToDateAsync(geocoding.Client, "geocoding");
}
