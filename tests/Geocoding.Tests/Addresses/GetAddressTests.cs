using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Geocoding.Addresses;
using Xunit;

namespace Ums.Geocoding.Tests.Addresses;

public sealed class GetAddressTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task An_address_is_found_by_its_id()
    {
        var id = SmallCountry.Id("Birger Jarlsgatan", "Stockholm", "131a");
        var address = (await geocoding.Resident.GetFromJsonAsync<GetAddress.Response>($"/api/addresses/{Uri.EscapeDataString(id)}"))!;
        Assert.Equal((id, "Birger Jarlsgatan", 131, "a", "11356"), (address.AddressId, address.Street, address.Number, address.Letter, address.Postcode));
    }

    [Theory]
    [InlineData("no-such-id")]
    [InlineData("%F0%9F%8F%A0")]
    [InlineData("'%20or%20''='")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task What_is_nobodys_id_is_not_found(string id)
    {
        using var response = await geocoding.Resident.GetAsync($"/api/addresses/{id}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("urn:ums:problem:unknown-address", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_token_of_the_right_scope_is_needed()
    {
        using var anonymous = await geocoding.Client.GetAsync("/api/addresses/x");
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var wrong = await geocoding.ClientWith(geocoding.Tokens.Client("gateway", "session.check", "geocoding")).GetAsync("/api/addresses/x");
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
    }
}
