using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.Testing;

namespace Ums.EndToEnd;

/// <summary>The resident's journey through the API alone.</summary>
[Collection(Shared.Name)]
public sealed class ApiJourneyTests(DemoSystem system)
{
    [Fact]
    public async Task a_resident_does_everything_through_the_api()
    {
        using var resident = new ApiResident(system, "070-174 06 95");
        await resident.SignInAsync("stockholm");

        using (var unknown = await resident.SendAsync(HttpMethod.Get, "api/contact"))
            Assert.Equal("urn:ums:problem:not-registered", await TypeAsync(unknown));

        var main = await MatchAsync(resident, new { street = "S:t Eriksg", number = "117", postcode = "11343", place = "", organisation = "stockholm" });
        using (var made = await resident.SendAsync(HttpMethod.Post, "api/contact", new
        {
            givenName = "Astrid", familyName = "Exempelsson", birthDate = "19850412", nameHidden = false, addressId = main,
        }))
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);

        var extra = await MatchAsync(resident, new { street = "Birger Jarlsgatan", number = "131a", postcode = "113 56", place = "Stockholm", organisation = "stockholm" });
        using (var added = await resident.SendAsync(HttpMethod.Post, "api/contact/addresses", new { addressId = extra, main = false }))
            Assert.Equal(HttpStatusCode.Created, added.StatusCode);

        var contact = await Eventually.GetAsync<object>(async () =>
        {
            var now = await resident.GetAsync("api/contact");
            return now.GetProperty("addresses").EnumerateArray().All(a => a.GetProperty("located").GetBoolean()) ? now : null;
        });
        var addresses = ((JsonElement)contact).GetProperty("addresses").EnumerateArray().ToList();
        Assert.Equal([10088920, 10116804], addresses.OrderBy(a => !a.GetProperty("main").GetBoolean()).Select(a => a.GetProperty("fnr").GetInt32()));

        var extraRow = addresses.Single(a => !a.GetProperty("main").GetBoolean()).GetProperty("id").GetGuid();
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Put, $"api/contact/addresses/{extraRow}/alerts", new { enabled = false }),
            (HttpMethod.Put, $"api/contact/addresses/{extraRow}/main", null),
            (HttpMethod.Put, "api/contact/name-visibility", new { hidden = true }),
        })
        {
            using var answer = await resident.SendAsync(method, path, body);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
        var export = (await resident.GetAsync("api/contact/export")).GetRawText();
        Assert.Contains("Exempelsson", export, StringComparison.Ordinal);

        using (var removed = await resident.SendAsync(HttpMethod.Delete, "api/contact"))
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using (var gone = await resident.SendAsync(HttpMethod.Get, "api/contact"))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using (var bye = await resident.SendAsync(HttpMethod.Post, "connect/logout"))
            Assert.True(bye.IsSuccessStatusCode, $"{bye.StatusCode}");
        using (var after = await resident.SendAsync(HttpMethod.Get, "api/contact"))
            Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task forty_parallel_tries_open_one_session()
    {
        using var resident = new ApiResident(system, "070-174 06 96");
        var before = await resident.Phone.MessagesAsync();
        var request = await resident.AskForPinAsync("stockholm");
        var pin = await resident.Phone.NextPinAsync(before);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => resident.RedeemAsync(request, pin.Digits)));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        foreach (var answer in answers)
            answer.Dispose();
    }

    private static async Task<string> MatchAsync(ApiResident resident, object address)
    {
        using var answer = await resident.SendAsync(HttpMethod.Post, "api/addresses/matches", address);
        answer.EnsureSuccessStatusCode();
        var first = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("matches")[0];
        return first.GetProperty("addressId").GetString()!;
    }

    private static async Task<string?> TypeAsync(HttpResponseMessage problem) =>
        (await problem.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString();
}
