using System.Net;
using System.Net.Http.Json;
using System.Text;
using static Ums.Contacts.Tests.Resident;

namespace Ums.Contacts.Tests;

public sealed class BadInputTests(ContactsFixture service) : IClassFixture<ContactsFixture>
{
    [Theory]
    [InlineData("givenName", "\"\"", "required")]
    [InlineData("givenName", "null", "required")]
    [InlineData("givenName", "\"a\\u0000b\"", "bad-characters")]
    [InlineData("familyName", "\"a\\nb\"", "bad-characters")]
    [InlineData("birthDate", "\"19611332\"", "not-a-date")]
    [InlineData("birthDate", "\"igår\"", "not-a-date")]
    [InlineData("birthDate", "null", "required")]
    [InlineData("addressId", "null", "required")]
    [InlineData("addressId", "\"..\"", "bad-characters")]
    [InlineData("addressId", "\"a\\u0000\"", "bad-characters")]
    public async Task a_registration_says_what_is_wrong_with_which_field(string field, string json, string fault)
    {
        var problem = await RefusedAsync(await RegisterAsync(Body(field, json)), HttpStatusCode.BadRequest, "validation");

        Assert.Equal(fault, problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task a_registration_names_all_that_is_wrong_at_once()
    {
        var problem = await RefusedAsync(await RegisterAsync("{}"), HttpStatusCode.BadRequest, "validation");

        Assert.Equal(["givenName", "familyName", "birthDate", "addressId"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task a_company_needs_its_name_and_number()
    {
        var answer = await PostAsync(service.Stranger(kind: "company"), "/api/contact", """{"givenName":"A","familyName":"B","organisationNumber":"556036-0794","addressId":"x"}""");
        var problem = await RefusedAsync(answer, HttpStatusCode.BadRequest, "validation");

        Assert.Equal(["companyName", "organisationNumber"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData("givenName", 101)]
    [InlineData("familyName", 100_000)]
    [InlineData("addressId", 65)]
    public async Task what_is_too_long_is_refused(string field, int length)
    {
        var problem = await RefusedAsync(await RegisterAsync(Body(field, $"\"{new string('a', length)}\"")), HttpStatusCode.BadRequest, "validation");

        Assert.Equal("too-long", problem.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Theory]
    [InlineData("givenName", "7")]
    [InlineData("givenName", "[\"a\"]")]
    [InlineData("birthDate", "19610412")]
    [InlineData("nameHidden", "\"ja\"")]
    [InlineData("addressId", "{}")]
    [InlineData("givenName", "\"\\ud800\"")]
    public async Task a_value_of_the_wrong_type_is_a_bad_request(string field, string json) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await RegisterAsync(Body(field, json))).StatusCode);

    [Theory]
    [InlineData("POST", "/api/contact")]
    [InlineData("POST", "/api/contact/addresses")]
    [InlineData("POST", "/api/contact/phones")]
    [InlineData("PUT", "/api/contact/name-visibility")]
    [InlineData("PUT", "/api/contact/addresses/{address}/alerts")]
    public async Task every_route_with_a_body_refuses_a_bad_one(string method, string path)
    {
        var resident = await service.RegisteredAsync();
        path = path.Replace("{address}", await resident.AddressIdAsync(Neighbours.SanktEriksgatan), StringComparison.Ordinal);
        var before = (await resident.ContactAsync()).GetRawText();

        foreach (var body in new[] { "", "{", "[]", "null", "7", "\"x\"", "{}", """{"enabled":"x","hidden":"x","proof":7,"addressId":7,"givenName":7}""", "{\"a\":" + new string('[', 5000) })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            var answer = await resident.Http.SendAsync(request);
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
        using var text = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("hidden=true", Encoding.UTF8, "text/plain") };
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await resident.Http.SendAsync(text)).StatusCode);
        Assert.Equal(before, (await resident.ContactAsync()).GetRawText());
    }

    [Theory]
    [InlineData("DELETE", "/api/contact/addresses/{0}")]
    [InlineData("PUT", "/api/contact/addresses/{0}/main")]
    [InlineData("DELETE", "/api/contact/phones/{0}")]
    public async Task an_id_that_is_none_finds_nothing(string method, string path)
    {
        var resident = await service.RegisteredAsync();

        foreach (var id in new[] { Guid.NewGuid().ToString(), "1", "%00", "'or 1=1", new string('a', 2000) })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), string.Format(null, path, Uri.EscapeDataString(id)));
            var status = (await resident.Http.SendAsync(request)).StatusCode;
            Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{id}: {status}");
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>")]
    [InlineData("محمد", "الأحمد")]
    [InlineData("👩‍👩‍👧", "🌈 Regnbåge")]
    [InlineData("Á̈ile", "Ŋágga")]
    public async Task unusual_names_come_back_exactly(string givenName, string familyName)
    {
        var resident = service.Stranger();
        await ReadAsync(await resident.Http.PostAsJsonAsync("/api/contact", Form(givenName: givenName, familyName: familyName)), HttpStatusCode.Created);

        foreach (var contact in new[] { await resident.ContactAsync(), (await resident.ExportAsync()).GetProperty("contact") })
        {
            Assert.Equal(givenName.Normalize(), contact.GetProperty("givenName").GetString());
            Assert.Equal(familyName.Normalize(), contact.GetProperty("familyName").GetString());
        }
    }

    [Fact]
    public async Task an_unknown_address_is_refused_and_nothing_is_registered()
    {
        var resident = service.Stranger();

        await RefusedAsync(await resident.Http.PostAsJsonAsync("/api/contact", Form(Neighbours.SanktEriksgatan with { AddressId = "no-such" })), HttpStatusCode.UnprocessableEntity, "unknown-address");
        await RefusedAsync(await resident.Http.PostAsJsonAsync("/api/contact", Form(Neighbours.SanktEriksgatan with { AddressId = "a/b?c#d%2f" })), HttpStatusCode.UnprocessableEntity, "unknown-address");

        await RefusedAsync(await resident.Http.GetAsync("/api/contact"), HttpStatusCode.NotFound, "not-registered");
    }

    private Task<HttpResponseMessage> RegisterAsync(string body) => PostAsync(service.Stranger(), "/api/contact", body);

    private static Task<HttpResponseMessage> PostAsync(Resident resident, string path, string body)
    {
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        return resident.Http.PostAsync(path, content);
    }

    /// <summary>A right form but for one field.</summary>
    private static string Body(string field, string json)
    {
        var fields = new Dictionary<string, string>
        {
            ["givenName"] = "\"Kerstin\"", ["familyName"] = "\"Åkerlund\"", ["birthDate"] = "\"19610412\"", ["nameHidden"] = "false",
            ["addressId"] = $"\"{Neighbours.SanktEriksgatan.AddressId}\"", [field] = json,
        };
        return "{" + string.Join(",", fields.Select(pair => $"\"{pair.Key}\":{pair.Value}")) + "}";
    }
}
