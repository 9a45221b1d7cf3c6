using System.Net;
using System.Net.Http.Json;
using System.Text;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class FindMatchesInBatchTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    private const string Route = "/api/addresses/matches/batch";

    [Fact]
    public async Task A_thousand_are_answered_in_their_order()
    {
        var items = Enumerable.Range(0, 1000).Select(index => index % 2 == 0
            ? new { street = "Sankt Eriksgatan", number = "117", postcode = "11343", place = "Stockholm" }
            : new { street = "Norrgården", number = "", postcode = "94192", place = "Arnemark" });
        using var response = await geocoding.Contacts.PostAsJsonAsync(Route, new { items });
        response.EnsureSuccessStatusCode();
        var results = (await response.Content.ReadFromJsonAsync<FindMatchesInBatch.Response>())!.Results;
        Assert.Equal(1000, results.Count);
        Assert.All(results, result => Assert.Equal(Category.A, result.Category));
        Assert.All(results.Index(), result => Assert.Equal(result.Index % 2 == 0 ? "Sankt Eriksgatan" : "Norrgården", result.Item.Matches[0].Street));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"items": null}""")]
    [InlineData("""{"items": []}""")]
    [InlineData("""{"items": [null]}""")]
    [InlineData("""{"items": [{}]}""")]
    [InlineData("""{"items": [{"street": 5}]}""")]
    [InlineData("""{"items": "Storgatan 5"}""")]
    [InlineData("not json")]
    public async Task What_is_not_a_batch_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await geocoding.Contacts.PostAsync(Route, content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task More_than_a_thousand_are_refused()
    {
        using var response = await geocoding.Contacts.PostAsJsonAsync(Route, new { items = Enumerable.Repeat(new { street = "Storgatan" }, 1001) });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Residents_may_not()
    {
        using var response = await geocoding.Resident.PostAsJsonAsync(Route, new { items = new[] { new { street = "Storgatan" } } });
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
