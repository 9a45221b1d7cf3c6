using System.Net;
using System.Net.Http.Json;
using Ums.Geocoding.Addresses;
using Xunit;

namespace Ums.Geocoding.Tests.Demo;

public sealed class SampleAddressesTests(DemoFixture geocoding) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task The_same_seed_draws_the_same_addresses()
    {
        var first = await SampleAsync("municipality=2581&count=50&seed=1");
        Assert.Equal(50, first.Length);
        Assert.All(first, address => Assert.Equal("2581", address.MunicipalityCode));
        Assert.Equal(first, await SampleAsync("municipality=2581&count=50&seed=1"));
        Assert.NotEqual(first, await SampleAsync("municipality=2581&count=50&seed=2"));
    }

    [Fact]
    public async Task Without_a_municipality_they_come_from_everywhere() =>
        Assert.True((await SampleAsync("count=500")).Select(address => address.MunicipalityCode).Distinct().Count() > 5);

    [Theory]
    [InlineData("municipality=258")]
    [InlineData("municipality=%00")]
    [InlineData("count=0")]
    [InlineData("count=50001")]
    [InlineData("count=many")]
    [InlineData("seed=x")]
    public async Task Bad_questions_are_refused(string query)
    {
        using var response = await geocoding.Contacts.GetAsync($"/internal/addresses/sample?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Residents_may_not()
    {
        using var response = await geocoding.Resident.GetAsync("/internal/addresses/sample");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Two_more_replicas_find_the_towns_and_leave_them()
    {
        var loaded = await geocoding.QueryAsync<DateTime>("select loaded_at from sources where name = 'demo'");
        await Task.WhenAll(geocoding.StartReplicaAsync(), geocoding.StartReplicaAsync());
        Assert.Equal(loaded, await geocoding.QueryAsync<DateTime>("select loaded_at from sources where name = 'demo'"));
    }

    private async Task<GetAddress.Response[]> SampleAsync(string query) =>
        (await geocoding.Contacts.GetFromJsonAsync<GetAddress.Response[]>($"/internal/addresses/sample?{query}"))!;
}
