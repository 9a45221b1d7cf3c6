using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

/// <summary>A base map on this machine.</summary>
public class BaseMapFixture : GeocodingFixture
{
    private readonly string path = Path.GetTempFileName();

    protected virtual byte[] File => SmallBaseMap.Bytes();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        System.IO.File.Delete(path);
    }

    protected override void Configure(IDictionary<string, string?> settings)
    {
        System.IO.File.WriteAllBytes(path, File);
        settings["Map:Base"] = path;
    }
}

public sealed class BaseMapTests(BaseMapFixture geocoding) : IClassFixture<BaseMapFixture>
{
    private const string Address = "/api/map/base.pmtiles";

    [Theory]
    [InlineData(null)]
    [InlineData("dark")]
    public async Task The_style_lays_it_under_our_own_layers(string? scheme)
    {
        var style = await geocoding.Client.GetFromJsonAsync<JsonElement>("/api/map/style.json?scheme=" + scheme);
        Assert.Equal("pmtiles://http://localhost:8080" + Address, style.GetProperty("sources").GetProperty("base").GetProperty("url").GetString());
        var sources = style.GetProperty("layers").EnumerateArray().Select(layer => layer.TryGetProperty("source", out var source) ? source.GetString() : "").ToList();
        Assert.Equal("", sources[0]);
        Assert.True(sources.LastIndexOf("base") < sources.IndexOf("ums"));
        Assert.DoesNotContain('@', style.GetRawText());
    }

    [Fact]
    public async Task Its_parts_are_served_as_they_are_asked_for()
    {
        var file = SmallBaseMap.Bytes();
        using var head = await AskAsync(new(0, 126));
        Assert.Equal(HttpStatusCode.PartialContent, head.StatusCode);
        Assert.Equal($"bytes 0-126/{file.Length}", head.Content.Headers.ContentRange?.ToString());
        Assert.Equal(file[..127], await head.Content.ReadAsByteArrayAsync());
        Assert.NotNull(head.Headers.ETag);
        using var tile = await AskAsync(new(file.Length - SmallBaseMap.Tile.Length, file.Length - 1));
        Assert.Equal(SmallBaseMap.Tile, await tile.Content.ReadAsByteArrayAsync());
        // Readers ask for the first 16 kB without knowing how long the file is.
        using var first = await AskAsync(new(0, 16383));
        Assert.Equal(file, await first.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=9999999-")]
    [InlineData("bytes=9223372036854775806-9223372036854775807")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=5-2")]
    [InlineData("lines=0-1")]
    [InlineData("bytes=a-b")]
    public async Task The_whole_file_and_parts_that_cannot_be_are_not(string? range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address);
        request.Headers.TryAddWithoutValidation("Range", range);
        using var response = await geocoding.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpResponseMessage> AskAsync(RangeItemHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address) { Headers = { Range = new RangeHeaderValue(range.From, range.To) } };
        return await geocoding.Client.SendAsync(request);
    }
}

/// <summary>A base map whose download broke off.</summary>
public sealed class BrokenBaseMapFixture : BaseMapFixture
{
    protected override byte[] File => SmallBaseMap.Bytes()[..^3];
}

public sealed class BrokenBaseMapTests(BrokenBaseMapFixture geocoding) : IClassFixture<BrokenBaseMapFixture>
{
    [Fact]
    public async Task It_is_told_of_at_the_start_and_the_map_is_drawn_without_it()
    {
        Assert.Contains(geocoding.Logs.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains("Map:Base", StringComparison.Ordinal) && entry.Message.Contains("cut off", StringComparison.Ordinal));
        var style = await geocoding.Client.GetFromJsonAsync<JsonElement>("/api/map/style.json");
        Assert.False(style.GetProperty("sources").TryGetProperty("base", out _));
        using var response = await geocoding.Client.GetAsync("/api/map/base.pmtiles");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}

/// <summary>A base map on another host.</summary>
public sealed class DistantBaseMapFixture : GeocodingFixture
{
    protected override void Configure(IDictionary<string, string?> settings) => settings["Map:Base"] = "https://maps.example/sweden.pmtiles";
}

public sealed class DistantBaseMapTests(DistantBaseMapFixture geocoding) : IClassFixture<DistantBaseMapFixture>
{
    [Fact]
    public async Task Browsers_ask_the_other_host_for_it()
    {
        var style = await geocoding.Client.GetFromJsonAsync<JsonElement>("/api/map/style.json");
        Assert.Equal("pmtiles://https://maps.example/sweden.pmtiles", style.GetProperty("sources").GetProperty("base").GetProperty("url").GetString());
    }
}
