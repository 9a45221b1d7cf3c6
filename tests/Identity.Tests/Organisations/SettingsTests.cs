using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ums.Identity.Tests.Operators;
using Ums.Messages.Events;
using Ums.Testing;

namespace Ums.Identity.Tests.Organisations;

public sealed class SettingsTests(OperatorsFixture identity) : IClassFixture<OperatorsFixture>
{
    private const string Address = "/api/organisations/stockholm/settings";

    [Fact]
    public async Task an_administrator_changes_what_the_organisation_has_set_and_others_hear_of_it()
    {
        using var admin = await AdministratorAsync();
        var (settings, tag) = await ReadAsync(admin);
        Assert.Equal("http://localhost:8080/k/stockholm", settings["directLink"]!.GetValue<string>());
        settings["smsSenderName"] = "Vattnet";
        settings["norwegianNumbers"] = true;
        settings["categories"] = new JsonArray("Vatten", " Fjärrkyla ");

        using var changed = await PutAsync(admin, settings, tag);

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        var (after, next) = await ReadAsync(admin);
        Assert.Equal(changed.Headers.ETag!.Tag, next);
        Assert.NotEqual(tag, next);
        Assert.Equal(("Vattnet", true, "Fjärrkyla"),
            (after["smsSenderName"]!.GetValue<string>(), after["norwegianNumbers"]!.GetValue<bool>(), after["categories"]![1]!.GetValue<string>()));
        var version = after["version"]!.GetValue<long>();
        await Eventually.TrueAsync(() => identity.Bus.Published<OrganisationChanged>(m => m.Slug == "stockholm" && m.Version == version).Any());
        var audit = (await admin.GetFromJsonAsync<JsonElement>("/api/audit?limit=1")).GetProperty("entries")[0];
        Assert.Equal(("settings-changed", "smsSenderName norwegianNumbers categories"), (audit.GetProperty("action").GetString(), audit.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task of_two_who_change_at_once_the_second_is_told_and_nothing_is_lost()
    {
        using var admin = await AdministratorAsync();
        var (settings, tag) = await ReadAsync(admin);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n =>
        {
            var mine = (JsonObject)settings.DeepClone();
            mine["name"] = $"Stockholm {n} {tag[1..^1]}";
            return PutAsync(admin, mine, tag);
        }));

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed],
            answers.Select(answer => answer.StatusCode).Order());
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await PutAsync(admin, settings, null)).StatusCode);
    }

    [Theory]
    [InlineData("name", "\"\"")]
    [InlineData("name", "\"a\\u0000b\"")]
    [InlineData("name", "null")]
    [InlineData("municipalityCodes", "[]")]
    [InlineData("municipalityCodes", "[\"018\"]")]
    [InlineData("municipalityCodes", "[\"0180\",\"0180\"]")]
    [InlineData("municipalityCodes", "[null]")]
    [InlineData("municipalityCodes", "[\"0180\",\"1480\"]")]
    [InlineData("smsSenderName", "\"Två\"")]
    [InlineData("smsSenderName", "\"112\"")]
    [InlineData("smsSenderName", "\"Stockholm\\n\"")]
    [InlineData("smsSenderName", "\"StockholmsStad\"")]
    [InlineData("voiceCallerId", "\"08-465 004 01\"")]
    [InlineData("voiceCallerId", "\"+4690000\"")]
    [InlineData("voiceCallerId", "\"+1 555 0100\"")]
    [InlineData("language", "\"fi\"")]
    [InlineData("categories", "[]")]
    [InlineData("categories", "[\"Vatten\",\"vatten\"]")]
    [InlineData("categories", "[\" \"]")]
    public async Task a_setting_that_cannot_be_is_refused(string field, string value)
    {
        using var admin = await AdministratorAsync();
        var (settings, tag) = await ReadAsync(admin);
        settings[field] = JsonNode.Parse(value);

        using var answer = await PutAsync(admin, settings, tag);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(tag, (await ReadAsync(admin)).Tag);
    }

    [Fact]
    public async Task coverage_is_changed_by_ums_alone()
    {
        using var staff = await (await identity.JoinedAsync(null)).WorkingAsync("stockholm", "Nytt avtal om Solna, ärende 12");
        var (settings, tag) = await ReadAsync(staff);
        settings["municipalityCodes"] = new JsonArray("0180", "0184");

        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(staff, settings, tag)).StatusCode);
        (settings, tag) = await ReadAsync(staff);
        settings["municipalityCodes"] = new JsonArray("0180");
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(staff, settings, tag)).StatusCode);
    }

    [Fact]
    public async Task anothers_settings_are_not_found_and_a_reader_changes_nothing()
    {
        using var reader = await (await identity.JoinedAsync(identity.Stockholm, "reader")).WorkingAsync();
        var (settings, tag) = await ReadAsync(reader);

        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(reader, settings, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(new Uri("/api/organisations/stromstad/settings", UriKind.Relative))).StatusCode);
        using var notifier = await Clients.OfServiceAsync(identity, "notifier", "organisation.read");
        Assert.Equal(HttpStatusCode.OK, (await notifier.GetAsync(new Uri("/api/organisations/stromstad/settings", UriKind.Relative))).StatusCode);
    }

    private async Task<HttpClient> AdministratorAsync() => await (await identity.JoinedAsync(identity.Stockholm, "administrator")).WorkingAsync();

    private static async Task<(JsonObject Settings, string Tag)> ReadAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri(Address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return ((await answer.Content.ReadFromJsonAsync<JsonObject>())!, answer.Headers.ETag!.Tag);
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, JsonObject settings, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address) { Content = JsonContent.Create(settings) };
        if (tag is not null)
            request.Headers.IfMatch.ParseAdd(tag);
        return await client.SendAsync(request);
    }
}
