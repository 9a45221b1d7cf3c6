using System.Net.Http.Json;
using Ums.Geocoding.Search;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class PreferredMunicipalitiesTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task Matching_goes_on_without_Identity_and_it_is_not_asked_again_and_again()
    {
        geocoding.Identity.Away = true;
        for (var time = 0; time < 3; time++)
        {
            using var response = await geocoding.Resident.PostAsJsonAsync("/api/addresses/matches", new { street = "Storgatan", number = "5", organisation = "ornskoldsvik" });
            response.EnsureSuccessStatusCode();
            Assert.Equal(3, (await response.Content.ReadFromJsonAsync<FindMatches.Response>())!.Matches.Count);
        }

        // One question with its retries, for the first request alone.
        Assert.InRange(geocoding.Identity.Asked, 1, 4);
    }
}
