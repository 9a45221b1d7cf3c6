using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

public sealed class GetTileTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Theory]
    [InlineData(15, "Sankt Eriksgatan", "roads", "houses", "117")]
    [InlineData(13, "Sankt Eriksgatan", "roads")]
    [InlineData(11, "roads", "cells")]
    [InlineData(6, "Stockholm", "places", "cells")]
    [InlineData(0, "cells")]
    public async Task A_tile_holds_what_its_zoom_can_show(int zoom, params string[] words)
    {
        var tile = await geocoding.Client.GetByteArrayAsync(Stockholm.Tile(zoom));
        var text = Encoding.UTF8.GetString(tile);
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.InRange(tile.Length, 1, 50_000);
    }

    [Fact]
    public async Task House_numbers_wait_for_a_near_look() =>
        Assert.DoesNotContain("houses", Encoding.UTF8.GetString(await geocoding.Client.GetByteArrayAsync(Stockholm.Tile(14))), StringComparison.Ordinal);

    [Fact]
    public async Task A_browser_that_has_the_tile_is_told_so()
    {
        using var first = await geocoding.Client.GetAsync(Stockholm.Tile(15));
        Assert.Equal("application/vnd.mapbox-vector-tile", first.Content.Headers.ContentType?.MediaType);
        Assert.True(first.Headers.CacheControl?.Public);
        Assert.Equal(HttpStatusCode.NotModified, await AskAgainAsync(first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.OK, await AskAgainAsync(new EntityTagHeaderValue("\"something else\"")));
    }

    [Fact]
    public async Task Where_nothing_is_there_is_no_content()
    {
        using var response = await geocoding.Client.GetAsync("/api/map/tiles/14/0/0.mvt");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Theory]
    [InlineData("0/0/1")]
    [InlineData("0/1/0")]
    [InlineData("-1/0/0")]
    [InlineData("3/-1/0")]
    [InlineData("3/8/0")]
    [InlineData("17/0/0")]
    [InlineData("31/0/0")]
    [InlineData("64/0/0")]
    [InlineData("2147483647/2147483647/2147483647")]
    [InlineData("99999999999/0/0")]
    [InlineData("z/x/y")]
    [InlineData("1.5/0/0")]
    public async Task A_tile_that_cannot_be_is_not_found(string tile)
    {
        using var response = await geocoding.Client.GetAsync($"/api/map/tiles/{tile}.mvt");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpStatusCode> AskAgainAsync(EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Stockholm.Tile(15));
        request.Headers.IfNoneMatch.Add(known);
        using var response = await geocoding.Client.SendAsync(request);
        return response.StatusCode;
    }
}
