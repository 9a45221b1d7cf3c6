using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Ums.Identity.Tests.Pins;

public sealed class BadInputTests(CrowdFixture identity) : IClassFixture<CrowdFixture>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Theory]
    [InlineData("""{}""", "organisation")]
    [InlineData("""{"organisation":"stockholm","role":"private","captcha":"pass"}""", "phone")]
    [InlineData("""{"organisation":"stockholm","phone":"070-174 06 05","captcha":"pass"}""", "role")]
    [InlineData("""{"organisation":"stockholm","phone":"070-174 06 05","role":"admin","captcha":"pass"}""", "role")]
    [InlineData("""{"organisation":"stockholm","phone":"070-174 06 05","role":"private"}""", "captcha")]
    [InlineData("""{"organisation":"stockholm","phone":"070-174 06 05","role":"private","captcha":"pass","purpose":"steal"}""", "purpose")]
    [InlineData("""{"organisation":"  ","phone":"070-174 06 05","role":"private","captcha":"pass"}""", "organisation")]
    public async Task a_request_for_a_pin_names_the_field_at_fault(string json, string field)
    {
        using var response = await PostAsync("/api/pins", json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:ums:problem:validation", problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"organisation":7,"phone":"070-174 06 05","role":"private","captcha":"pass"}""")]
    [InlineData("""{"organisation":"stockholm","phone":{"a":1},"role":"private","captcha":"pass"}""")]
    public async Task what_is_no_request_is_a_problem_not_a_fault(string json)
    {
        foreach (var route in new[] { "/api/pins", $"/api/pins/{Guid.CreateVersion7()}/resend" })
        {
            using var response = await PostAsync(route, json);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task a_wrong_content_type_is_refused()
    {
        using var response = await browser.SendAsync(HttpMethod.Post, "/api/pins", new StringContent("organisation=stockholm"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("STOCKHOLM")]
    [InlineData("stockholm' or 1=1--")]
    [InlineData("\\u0000")]
    [InlineData("👩‍🚒")]
    [InlineData("closed")]
    public async Task an_organisation_that_is_not_there_or_switched_off_is_unknown(string slug)
    {
        if (slug == "closed")
            await identity.AddOrganisationAsync(Guid.CreateVersion7(), slug, norwegian: false, active: false);

        using var response = await PostAsync("/api/pins", $$"""{"organisation":"{{slug}}","phone":"070-174 06 05","role":"private","captcha":"pass"}""");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("urn:ums:problem:unknown-organisation", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task fields_that_are_too_long_are_refused()
    {
        foreach (var (organisation, phone, captcha) in new[] { (new string('a', 61), "070", "pass"), ("stockholm", new string('0', 41), "pass"), ("stockholm", "070", new string('A', 8193)) })
        {
            using var response = await browser.AskAsync(phone, organisation, captcha);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("grant_type=urn:ums:pin", "invalid_request")]
    [InlineData("grant_type=urn:ums:pin&pin_request_id=7&pin=123456", "invalid_request")]
    [InlineData("grant_type=urn:ums:pin&pin_request_id=01985f5e-0000-7000-8000-000000000000", "invalid_request")]
    [InlineData("grant_type=urn:ums:pin&pin_request_id=01985f5e-0000-7000-8000-000000000000&pin=123456", "invalid_grant")]
    [InlineData("grant_type=urn:ums:pin&pin_request_id=01985f5e-0000-7000-8000-000000000000&pin=123456&pin=654321", "invalid_request")]
    [InlineData("grant_type=password&username=a&password=b", "unsupported_grant_type")]
    [InlineData("grant_type=client_credentials", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=gateway", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=gateway&client_secret=wrong", "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=nobody&client_secret=wrong", "invalid_client")]
    [InlineData("nothing=1", "invalid_request")]
    public async Task a_bad_token_request_gets_oauths_error(string form, string error)
    {
        using var response = await browser.SendAsync(HttpMethod.Post, "/connect/token", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.InRange((int)response.StatusCode, 400, 401);
        Assert.Equal(error, (await response.Content.ReadFromJsonAsync<TokenAnswer>())!.Error);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task a_browser_cookie_that_is_not_ours_is_replaced(string cookie)
    {
        browser.Cookie = cookie;

        await browser.AskedAsync(identity.NewPhone(), captcha: CrowdFixture.Pass);

        Assert.Matches("^[A-Za-z0-9_-]{43}$", browser.Cookie);
        Assert.NotEqual(cookie, browser.Cookie);
    }

    [Fact]
    public async Task the_browser_cookie_is_for_this_host_only_and_out_of_reach_of_scripts()
    {
        using var response = await browser.SendAsync(HttpMethod.Get, "/api/captcha");

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-ums-browser=", cookie, StringComparison.Ordinal);
        foreach (var part in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains("; " + part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private Task<HttpResponseMessage> PostAsync(string route, string json) =>
        browser.SendAsync(HttpMethod.Post, route, new StringContent(json, Encoding.UTF8, "application/json"));
}
