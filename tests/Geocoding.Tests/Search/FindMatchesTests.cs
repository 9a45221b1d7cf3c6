using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class FindMatchesTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    private const string Route = "/api/addresses/matches";

    [Fact]
    public async Task The_address_of_the_instructions_has_its_keys_and_position()
    {
        var match = (await MatchAsync(new { street = "Sankt Eriksgatan", number = "117", postcode = "11343", place = "Stockholm" })).Matches[0];
        Assert.Equal(("Sankt Eriksgatan", 117, null, "11343", "Stockholm", "0180"), (match.Street, match.Number, match.Letter, match.Postcode, match.Place, match.MunicipalityCode));
        Assert.Equal((0, 0, 0), (match.Gnr, match.Bnr, match.Snr));
        Assert.InRange(match.Latitude, 59.3, 59.4);
        Assert.InRange(match.Score, 0.99, 1);
    }

    [Fact]
    public async Task The_municipalities_asked_for_stand_first_and_the_others_last()
    {
        var pitea = await MatchAsync(new { street = "Storgatan", number = "5", municipalityCodes = new[] { "2581" } });
        Assert.Equal(["2581", "2581", "0180"], pitea.Matches.Select(match => match.MunicipalityCode));
        var stockholm = await MatchAsync(new { street = "Storgatan", number = "5", municipalityCodes = new[] { "0180" } });
        Assert.Equal("0180", stockholm.Matches[0].MunicipalityCode);
    }

    [Fact]
    public async Task The_organisation_stands_for_the_municipalities_that_it_covers()
    {
        var named = await MatchAsync(new { street = "Storgatan", number = "5", organisation = "pitea" });
        Assert.Equal("2581", named.Matches[0].MunicipalityCode);

        using var resident = geocoding.ClientWith(geocoding.Tokens.Resident(Guid.CreateVersion7(), organisationSlug: "pitea"));
        using var response = await resident.PostAsJsonAsync(Route, new { street = "Storgatan", number = "5" });
        var own = (await response.Content.ReadFromJsonAsync<FindMatches.Response>())!;
        Assert.Equal("2581", own.Matches[0].MunicipalityCode);
    }

    [Fact]
    public async Task An_exact_address_elsewhere_is_not_hidden_by_a_like_one_at_home()
    {
        var answer = await MatchAsync(new { street = "Birger Jarlsgatan", number = "131a", postcode = "11356", place = "Stockholm", municipalityCodes = new[] { "2581" } });
        Assert.Equal(Category.A, answer.Category);
        Assert.Equal("0180", answer.Matches[0].MunicipalityCode);
    }

    [Fact]
    public async Task No_more_than_the_limit_are_shown() =>
        Assert.Single((await MatchAsync(new { street = "Storgatan", number = "5", limit = 1 })).Matches);

    [Theory]
    [InlineData("""{"street": ""}""", "street")]
    [InlineData("""{"street": "   "}""", "street")]
    [InlineData("""{"number": "1"}""", "street")]
    [InlineData("""{"street": "Storgatan", "limit": 0}""", "limit")]
    [InlineData("""{"street": "Storgatan", "limit": 51}""", "limit")]
    [InlineData("""{"street": "Storgatan", "number": "123456789012345678901"}""", "number")]
    [InlineData("""{"street": "Storgatan", "postcode": "123456789012345678901"}""", "postcode")]
    [InlineData("""{"street": "Storgatan", "organisation": "no-such-organisation"}""", "organisation")]
    [InlineData("""{"street": "Storgatan", "organisation": "../../etc/passwd"}""", "organisation")]
    public async Task A_field_that_cannot_be_is_named(string body, string field)
    {
        var problem = await RefusedAsync(body);
        Assert.Equal("urn:ums:problem:validation", problem.GetProperty("type").GetString());
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name), StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_field_that_is_too_long_is_named()
    {
        foreach (var (field, length) in new[] { ("street", 201), ("place", 101), ("organisation", 101) })
        {
            var fields = new Dictionary<string, string> { ["street"] = "Storgatan" };
            fields[field] = new string('a', length);
            Assert.Equal("urn:ums:problem:validation", (await RefusedAsync(JsonSerializer.Serialize(fields))).GetProperty("type").GetString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"street": 5}""")]
    [InlineData("""{"street": ["Storgatan"]}""")]
    [InlineData("""{"street": "Storgatan", "limit": "many"}""")]
    [InlineData("""{"street": "Storgatan", "limit": 99999999999}""")]
    [InlineData("""{"street": "Storgatan", "municipalityCodes": "2581"}""")]
    public async Task What_is_not_the_message_is_refused(string body) =>
        Assert.StartsWith("urn:ums:problem:", (await RefusedAsync(body)).GetProperty("type").GetString()!, StringComparison.Ordinal);

    [Fact]
    public async Task Codes_that_are_none_prefer_nobody()
    {
        var answer = await MatchAsync(new { street = "Storgatan", number = "5", municipalityCodes = new[] { null, "", "abcd", "25811", "☃" } });
        Assert.Equal(3, answer.Matches.Count);
    }

    [Fact]
    public async Task A_token_of_the_right_scope_is_needed()
    {
        using var anonymous = await geocoding.Client.PostAsJsonAsync(Route, new { street = "Storgatan" });
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var wrong = await geocoding.ClientWith(geocoding.Tokens.Client("gateway", "session.check", "geocoding")).PostAsJsonAsync(Route, new { street = "Storgatan" });
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        using var elsewhere = await geocoding.ClientWith(geocoding.Tokens.Client("contacts", "address.read", "contacts")).PostAsJsonAsync(Route, new { street = "Storgatan" });
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
    }

    private async Task<FindMatches.Response> MatchAsync(object request)
    {
        using var response = await geocoding.Resident.PostAsJsonAsync(Route, request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<FindMatches.Response>())!;
    }

    private async Task<JsonElement> RefusedAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await geocoding.Resident.PostAsync(Route, content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
