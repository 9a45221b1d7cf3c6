using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

public sealed class GetStyleTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Theory]
    [InlineData("")]
    [InlineData("?scheme=dark")]
    [InlineData("?scheme=light")]
    [InlineData("?scheme=%00%F0%9F%8F%A0")]
    public async Task The_style_asks_no_other_host_for_anything(string query)
    {
        var text = await geocoding.Client.GetStringAsync("/api/map/style.json" + query);
        using var style = JsonDocument.Parse(text);
        Assert.Equal(8, style.RootElement.GetProperty("version").GetInt32());
        Assert.False(style.RootElement.TryGetProperty("glyphs", out _));
        Assert.False(style.RootElement.TryGetProperty("sprite", out _));
        var tiles = style.RootElement.GetProperty("sources").GetProperty("ums").GetProperty("tiles");
        Assert.Equal("http://localhost:8080/api/map/tiles/{z}/{x}/{y}.mvt", Assert.Single(tiles.EnumerateArray()).GetString());
        Assert.DoesNotContain('@', text);
    }

    [Fact]
    public async Task Light_and_dark_differ() =>
        Assert.NotEqual(await geocoding.Client.GetStringAsync("/api/map/style.json"), await geocoding.Client.GetStringAsync("/api/map/style.json?scheme=dark"));

    [Fact]
    public async Task Every_layer_of_the_style_draws_from_a_layer_of_the_tiles()
    {
        var style = await geocoding.Client.GetFromJsonAsync<JsonElement>("/api/map/style.json");
        var drawn = style.GetProperty("layers").EnumerateArray().Where(layer => layer.TryGetProperty("source-layer", out _));
        Assert.Equal(["areas", "cells", "houses", "places", "roads"], drawn.Select(layer => layer.GetProperty("source-layer").GetString()).Distinct().Order());
    }
}

/// <summary>Somebody else's map instead of ours.</summary>
public sealed class OtherStyleFixture : GeocodingFixture
{
    protected override void Configure(IDictionary<string, string?> settings) => settings["Map:StyleAddress"] = "https://maps.example/style.json";
}

public sealed class OtherStyleTests(OtherStyleFixture geocoding) : IClassFixture<OtherStyleFixture>
{
    [Fact]
    public async Task A_configured_style_replaces_ours()
    {
        using var response = await geocoding.Client.GetAsync("/api/map/style.json");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("https://maps.example/style.json", response.Headers.Location?.AbsoluteUri);
    }
}

/// <summary>Our style over somebody else's tiles.</summary>
public sealed class OtherTilesFixture : GeocodingFixture
{
    protected override void Configure(IDictionary<string, string?> settings) => settings["Map:TileAddress"] = "https://tiles.example/{z}/{x}/{y}.mvt";
}

public sealed class OtherTilesTests(OtherTilesFixture geocoding) : IClassFixture<OtherTilesFixture>
{
    [Fact]
    public async Task Configured_tiles_replace_ours()
    {
        var style = await geocoding.Client.GetFromJsonAsync<JsonElement>("/api/map/style.json");
        Assert.Equal("https://tiles.example/{z}/{x}/{y}.mvt", style.GetProperty("sources").GetProperty("ums").GetProperty("tiles")[0].GetString());
    }
}
