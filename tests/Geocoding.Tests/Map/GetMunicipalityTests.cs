using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

public sealed class GetMunicipalityTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task A_municipality_has_its_name_its_addresses_and_the_ground_around_them()
    {
        var found = await geocoding.Client.GetFromJsonAsync<JsonElement>("/api/map/municipalities/0180");
        Assert.Equal("Stockholm", found.GetProperty("name").GetString());
        Assert.InRange(found.GetProperty("addresses").GetInt32(), 1, int.MaxValue);
        var outline = found.GetProperty("outline");
        Assert.Equal("Polygon", outline.GetProperty("type").GetString());
        var corners = outline.GetProperty("coordinates")[0].EnumerateArray().Select(corner => (Longitude: corner[0].GetDouble(), Latitude: corner[1].GetDouble())).ToList();
        Assert.All(corners, corner => Assert.True(corner is { Longitude: > 17 and < 19, Latitude: > 59 and < 60 }));
    }

    [Fact]
    public async Task One_without_addresses_here_has_its_middle_alone()
    {
        var found = await geocoding.Client.GetFromJsonAsync<JsonElement>("/api/map/municipalities/0115");
        Assert.Equal(JsonValueKind.Null, found.GetProperty("outline").ValueKind);
        Assert.Equal(0, found.GetProperty("addresses").GetInt32());
        Assert.InRange(found.GetProperty("latitude").GetDouble(), 55, 70);
    }

    [Theory]
    [InlineData("0000")]
    [InlineData("018")]
    [InlineData("01800")]
    [InlineData("abcd")]
    [InlineData("%27--x")]
    [InlineData("٠١٨٠")]
    public async Task What_is_no_code_is_not_found(string code) =>
        Assert.Equal(HttpStatusCode.NotFound, (await geocoding.Client.GetAsync($"/api/map/municipalities/{code}")).StatusCode);
}
