using System.Net;
using System.Net.Http.Json;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class SuggestAddressesTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Theory]
    [InlineData("sankt er", "Sankt Eriksgatan, Stockholm")]
    [InlineData("s:t er", "Sankt Eriksgatan, Stockholm")]
    [InlineData("SANKTE", "Sankt Eriksgatan, Stockholm")]
    [InlineData("foraldr", "Föräldravägen, Öjebyn")]
    [InlineData("birgre ja", "Birger Jarlsgatan, Stockholm")]
    [InlineData("birger jarlsgatan 131b", "Birger Jarlsgatan 131b, 113 56 Stockholm")]
    [InlineData("birger jarlsgatan 13", "Birger Jarlsgatan 131a, 113 56 Stockholm")]
    [InlineData("storgatan pit", "Storgatan, Piteå")]
    [InlineData("norrg", "Norrgården, 941 92 Arnemark")]
    public async Task The_first_suggestion_is_what_is_being_typed(string typed, string first) =>
        Assert.Equal(first, (await SuggestAsync($"q={Uri.EscapeDataString(typed)}"))[0].Text);

    [Fact]
    public async Task A_street_has_no_id_and_an_address_has_one()
    {
        Assert.Null((await SuggestAsync("q=sankt%20eriksgatan"))[0].AddressId);
        Assert.Equal("Sankt Eriksgatan 117, Stockholm", (await SuggestAsync("q=sankt%20eriksgatan%20117"))[0].AddressId);
    }

    [Fact]
    public async Task The_organisations_own_stand_first() =>
        Assert.Equal("2581", (await SuggestAsync("q=storgatan&organisation=pitea"))[0].MunicipalityCode);

    [Theory]
    [InlineData("q=%25")]
    [InlineData("q=%00")]
    [InlineData("q=_____")]
    [InlineData("q=%F0%9F%8F%A0")]
    [InlineData("q=zzzzzzzzzz")]
    public async Task What_nothing_begins_with_suggests_nothing(string query) => Assert.Empty(await SuggestAsync(query));

    [Theory]
    [InlineData("")]
    [InlineData("q=")]
    [InlineData("q=storg&limit=0")]
    [InlineData("q=storg&limit=21")]
    [InlineData("q=storg&limit=many")]
    [InlineData("q=storg&organisation=no-such-organisation")]
    public async Task Bad_questions_are_refused(string query)
    {
        using var response = await geocoding.Resident.GetAsync($"/api/addresses/suggest?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_question_that_is_too_long_is_refused()
    {
        using var response = await geocoding.Resident.GetAsync($"/api/addresses/suggest?q={new string('a', 201)}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_token_is_needed()
    {
        using var response = await geocoding.Client.GetAsync("/api/addresses/suggest?q=storg");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private async Task<SuggestAddresses.Suggestion[]> SuggestAsync(string query) =>
        (await geocoding.Resident.GetFromJsonAsync<SuggestAddresses.Suggestion[]>($"/api/addresses/suggest?{query}"))!;
}
