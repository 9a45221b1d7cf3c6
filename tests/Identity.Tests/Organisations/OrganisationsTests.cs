using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ums.ServiceDefaults.Phones;

namespace Ums.Identity.Tests.Organisations;

public sealed class OrganisationsTests(OrganisationsTests.Country identity) : IClassFixture<OrganisationsTests.Country>
{
    [Theory]
    [InlineData("ore", "orebro")]
    [InlineData("Öre", "orebro")]
    [InlineData("ÖREBRO", "orebro")]
    [InlineData("goteborg", "goteborg")]
    [InlineData("göteborgs", "goteborg")]
    [InlineData("falun", "falun")]
    [InlineData("sälen", "malung-salen")]
    [InlineData("vasby", "upplands-vasby")]
    [InlineData("upplands vä", "upplands-vasby")]
    [InlineData("upplands-bro", "upplands-bro")]
    [InlineData("exempelv", "exempelvatten")]
    [InlineData("sundbybreg", "sundbyberg")]
    [InlineData("stokholm", "stockholm")]
    public async Task organisations_are_found_while_typing(string typed, string slug) =>
        Assert.Equal(slug, (await FindAsync(typed))[0].GetProperty("slug").GetString());

    [Fact]
    public async Task all_municipalities_are_there_with_official_codes_and_names()
    {
        var all = await FindAsync("", 400);
        var municipalities = all.Where(o => o.GetProperty("kind").GetString() == "municipality").ToArray();

        Assert.Equal(290, municipalities.Length);
        Assert.Equal(290, municipalities.Select(o => o.GetProperty("municipalityCodes")[0].GetString()).Distinct().Count());
        Assert.Equal(290, municipalities.Select(o => o.GetProperty("slug").GetString()).Distinct().Count());
        foreach (var (code, name) in new[] { ("0180", "Stockholms stad"), ("1480", "Göteborgs stad"), ("2581", "Piteå kommun"), ("0980", "Region Gotland"), ("2514", "Kalix kommun") })
            Assert.Equal(name, municipalities.Single(o => o.GetProperty("municipalityCodes")[0].GetString() == code).GetProperty("name").GetString());
        Assert.Contains(all, o => o.GetProperty("kind").GetString() == "company" && o.GetProperty("municipalityCodes").GetArrayLength() == 3);
    }

    [Fact]
    public async Task caller_ids_and_sender_names_are_safe()
    {
        foreach (var found in await FindAsync("", 400))
        {
            var organisation = await identity.Client.GetFromJsonAsync<JsonElement>($"/api/organisations/{found.GetProperty("slug").GetString()}");
            Assert.Matches("^[A-Za-z0-9]{3,11}$", organisation.GetProperty("smsSenderName").GetString());
            Assert.Matches("^\\+46(8465004|313906?|406280?4|9803192?)", organisation.GetProperty("voiceCallerId").GetString());
            Assert.Equal(PhoneKind.Landline, PhoneNumber.Parse(organisation.GetProperty("voiceCallerId").GetString()!).Kind);
        }
    }

    [Fact]
    public async Task an_organisation_is_read_by_its_slug()
    {
        var pitea = await identity.Client.GetFromJsonAsync<JsonElement>("/api/organisations/pitea");

        Assert.Equal(("Piteå kommun", "sv", "Pitea", false), (pitea.GetProperty("name").GetString(), pitea.GetProperty("language").GetString(),
            pitea.GetProperty("smsSenderName").GetString(), pitea.GetProperty("norwegianNumbers").GetBoolean()));
        Assert.True((await identity.Client.GetFromJsonAsync<JsonElement>("/api/organisations/granslosa-varmen")).GetProperty("norwegianNumbers").GetBoolean());
    }

    [Fact]
    public async Task who_covers_a_municipality_is_told_municipality_first()
    {
        var covering = await identity.Client.GetFromJsonAsync<JsonElement[]>("/api/organisations/covering/1480");

        Assert.Equal(["goteborg", "exempelvatten"], covering!.Select(o => o.GetProperty("slug").GetString()!));
        Assert.Empty((await identity.Client.GetFromJsonAsync<JsonElement[]>("/api/organisations/covering/9999"))!);
    }

    [Fact]
    public async Task a_second_start_adds_nothing()
    {
        var before = await identity.QueryAsync<long>("select count(*) from organisations");

        await Task.WhenAll(identity.StartReplicaAsync(), identity.StartReplicaAsync());

        Assert.Equal(before, await identity.QueryAsync<long>("select count(*) from organisations"));
    }

    [Theory]
    [InlineData("/api/organisations?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/organisations?limit=401", HttpStatusCode.BadRequest)]
    [InlineData("/api/organisations?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("/api/organisations/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/organisations/..%2f..%2fetc", HttpStatusCode.NotFound)]
    [InlineData("/api/organisations/covering/14", HttpStatusCode.BadRequest)]
    [InlineData("/api/organisations/covering/abcd", HttpStatusCode.BadRequest)]
    [InlineData("/api/organisations/covering/%F0%9F%9A%92%F0%9F%9A%92", HttpStatusCode.BadRequest)]
    public async Task bad_questions_get_a_problem(string address, HttpStatusCode status)
    {
        using var response = await identity.Client.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("%' or 1=1 --")]
    [InlineData("_____")]
    [InlineData("\0")]
    [InlineData("🚒")]
    [InlineData("xyzzy")]
    [InlineData("<script>")]
    public async Task what_is_no_name_finds_nothing(string typed) => Assert.Empty(await FindAsync(typed));

    [Fact]
    public async Task a_query_that_is_too_long_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await identity.Client.GetAsync(new Uri("/api/organisations?query=" + new string('a', 101), UriKind.Relative))).StatusCode);

    private async Task<JsonElement[]> FindAsync(string typed, int limit = 10) =>
        (await identity.Client.GetFromJsonAsync<JsonElement[]>($"/api/organisations?query={Uri.EscapeDataString(typed)}&limit={limit}"))!;

    public sealed class Country : Testing.ServiceFixture<Program>
    {
        protected override void Configure(IDictionary<string, string?> settings) => settings["Demo:Enabled"] = "true";
    }
}
