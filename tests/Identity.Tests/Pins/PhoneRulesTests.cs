using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ums.Identity.Tests.Pins;

public sealed class PhoneRulesTests(CrowdFixture identity) : IClassFixture<CrowdFixture>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Theory]
    [InlineData("070-174 06 20", "sms")]
    [InlineData("+46 (0)70 174 06 21", "sms")]
    [InlineData("0046701740622", "sms")]
    [InlineData("031-390 06 02", "voice")]
    [InlineData("040-628 04 02", "voice")]
    [InlineData("0980-319 202", "voice")]
    [InlineData("010-123 45 67", "voice")]
    public async Task swedish_mobiles_landlines_and_010_get_pins(string phone, string channel) =>
        Assert.Equal(channel, (await browser.AskedAsync(phone, captcha: CrowdFixture.Pass)).Channel);

    [Theory]
    [InlineData("0900-123 45 67")]
    [InlineData("0939-123 45 67")]
    [InlineData("0944-123 45 67")]
    [InlineData("074-123 45 67")]
    [InlineData("077-123 45 67")]
    [InlineData("020-12 34 56")]
    [InlineData("+45 32 12 34 56")]
    [InlineData("+1 202 555 0123")]
    [InlineData("+371 21234567")]
    [InlineData("+47 406 12 345")]
    public Task foreign_and_dear_numbers_get_none(string phone) => IsRefusedAsync(phone, "phone-not-allowed");

    [Theory]
    [InlineData("hej")]
    [InlineData("112")]
    [InlineData("070")]
    [InlineData("070-174 06 05 070-174 06 05")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("٠٧٠١٧٤٠٦٠٥x")]
    [InlineData("📞📞📞📞📞📞📞📞")]
    public Task what_is_no_number_is_told_so(string phone) => IsRefusedAsync(phone, "invalid-phone");

    [Fact]
    public async Task norwegian_numbers_get_pins_where_the_organisation_wants_it() =>
        Assert.Equal("sms", (await browser.AskedAsync("+47 406 12 345", "stromstad", captcha: CrowdFixture.Pass)).Channel);

    private async Task IsRefusedAsync(string phone, string problem)
    {
        var before = await identity.QueryAsync<long>("select count(*) from pin_requests");

        using var response = await browser.AskAsync(phone, captcha: CrowdFixture.Pass);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("urn:ums:problem:" + problem, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Equal(before, await identity.QueryAsync<long>("select count(*) from pin_requests"));
    }
}
