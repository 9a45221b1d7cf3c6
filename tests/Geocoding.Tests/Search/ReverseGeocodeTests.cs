using System.Net;
using System.Net.Http.Json;
using CsCheck;
using Ums.Geocoding.Search;
using Ums.Geocoding.Tests.Indexing;
using Xunit;

namespace Ums.Geocoding.Tests.Search;

public sealed class ReverseGeocodeTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task A_position_gives_the_address_beside_it_and_how_far_it_is()
    {
        var found = (await geocoding.Resident.GetFromJsonAsync<ReverseGeocode.Nearby[]>("/api/addresses/reverse?latitude=65.3201&longitude=21.4801&limit=3"))!;
        Assert.Equal(3, found.Length);
        Assert.Equal(found.OrderBy(address => address.Metres), found);
        Assert.InRange(found[0].Metres, 0, 15);
        Assert.Equal("2581", found[0].MunicipalityCode);
    }

    [Fact]
    public async Task Where_nobody_lives_there_is_none() =>
        Assert.Empty((await geocoding.Resident.GetFromJsonAsync<ReverseGeocode.Nearby[]>("/api/addresses/reverse?latitude=0&longitude=0"))!);

    [Fact]
    public void It_is_what_looking_at_every_house_gives() =>
        Gen.Select(SmallIndex.Records, Gen.Double[59.3, 59.4], Gen.Double[18, 18.2], Gen.Int[1, 5]).Sample((records, latitude, longitude, limit) =>
        {
            // Drawn together into one town, so that there is something near.
            var town = SmallIndex.Of(records.Select(record => record with { Latitude = 59.3 + ((record.Latitude - 55) / 160), Longitude = 18 + ((record.Longitude - 4) / 135) }));
            var found = ReverseGeocode.Find(town, latitude, longitude, limit).Select(near => near.Metres);
            var all = SmallIndex.All(town).Select(address => Metres(address.Latitude - latitude, address.Longitude - longitude, latitude)).Order().Take(limit);
            return found.Zip(all).All(pair => Math.Abs(pair.First - pair.Second) < 0.1) && found.Count() == Math.Min(limit, records.Length);
        });

    [Theory]
    [InlineData("")]
    [InlineData("latitude=59")]
    [InlineData("latitude=91&longitude=18")]
    [InlineData("latitude=NaN&longitude=18")]
    [InlineData("latitude=59&longitude=x")]
    [InlineData("latitude=59&longitude=18&limit=0")]
    [InlineData("latitude=59&longitude=18&limit=21")]
    public async Task Bad_questions_are_refused(string query)
    {
        using var response = await geocoding.Resident.GetAsync($"/api/addresses/reverse?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static double Metres(double north, double east, double latitude) =>
        Math.Sqrt(Math.Pow(north * 111_200, 2) + Math.Pow(east * 111_200 * Math.Cos(latitude * Math.PI / 180), 2));
}
