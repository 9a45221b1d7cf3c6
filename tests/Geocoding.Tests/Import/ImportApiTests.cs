using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ums.Geocoding.Import;
using Ums.Testing;
using Xunit;
using static Ums.Geocoding.Tests.Import.ImportFixture;

namespace Ums.Geocoding.Tests.Import;

public sealed class ImportApiTests(ImportFixture geocoding) : IClassFixture<ImportFixture>
{
    private HttpClient Operator => geocoding.ClientWith(geocoding.Tokens.Client("operator", "address.import", "geocoding"));

    [Fact]
    public async Task a_file_sent_in_is_imported_and_its_refused_rows_can_be_fetched()
    {
        var sent = await Operator.PostAsync("/api/imports/addresses?format=csv&source=sent", Text(Csv(Row("s1"), Row("s2", "=1+1|cmd"))));
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        var id = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        Assert.Equal($"/api/imports/addresses/{id}", sent.Headers.Location!.OriginalString);

        var import = await EndAsync(id);
        Assert.Equal(("done", 2, 1, 1), (
            import.GetProperty("state").GetString(), import.GetProperty("rowsRead").GetInt32(), import.GetProperty("refused").GetInt32(), import.GetProperty("added").GetInt32()));
        Assert.Equal("unexpected-character", import.GetProperty("refusedBy")[0].GetProperty("reason").GetString());

        var refused = await Operator.GetAsync($"/api/imports/addresses/{id}/refused");
        Assert.Equal("text/csv", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal("file,line,field,reason,value\r\n1,3,street,unexpected-character,'=1+1|cmd\r\n", await refused.Content.ReadAsStringAsync());
        Assert.False(File.Exists(geocoding.Services.GetRequiredService<RunImports>().FileOf(id)));
    }

    [Fact]
    public async Task what_cannot_be_imported_says_why()
    {
        var sent = await Operator.PostAsync("/api/imports/addresses?format=lantmateriet&source=why", Text("not a GeoPackage"));
        var import = await EndAsync((await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());
        Assert.Equal("failed", import.GetProperty("state").GetString());
        Assert.Contains("is no GeoPackage", import.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "format")]
    [InlineData("?format=xls", "format")]
    [InlineData("?format=csv&source=../etc", "source")]
    [InlineData("?format=csv&source=%27;drop", "source")]
    public async Task a_request_that_cannot_be_is_refused_with_the_field(string query, string field)
    {
        var answer = await Operator.PostAsync("/api/imports/addresses" + query, Text("x"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task too_much_and_nothing_are_refused_and_not_kept()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Operator.PostAsync("/api/imports/addresses?format=csv", Text(new string('x', 1_000_001)))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Operator.PostAsync("/api/imports/addresses?format=csv", Text(""))).StatusCode);
        Assert.Equal(0, await geocoding.QueryAsync<long>("select count(*) from imports where source = 'csv'"));
    }

    [Fact]
    public async Task a_source_that_waits_is_not_sent_again()
    {
        await geocoding.ExecuteAsync("insert into imports (id, source, format, files, bytes) values (gen_random_uuid(), 'waits', 'csv', 'upload', 1)");
        var answer = await Operator.PostAsync("/api/imports/addresses?format=csv&source=waits", Text(Csv(Row("w1"))));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("urn:ums:problem:import-under-way", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_restarted_service_goes_on_with_what_it_had_received()
    {
        var id = Guid.CreateVersion7();
        var file = geocoding.Services.GetRequiredService<RunImports>().FileOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, Csv(Row("restart1")));
        await geocoding.ExecuteAsync("insert into imports (id, source, format, files, bytes) values ($1, 'restart', 'csv', 'upload', 1)", id);
        await geocoding.StartReplicaAsync();
        Assert.Equal("done", (await EndAsync(id)).GetProperty("state").GetString());
        Assert.Equal(1, await geocoding.CountAsync("restart"));
    }

    [Fact]
    public async Task only_operators_may()
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.Unauthorized, (await geocoding.Client.PostAsync("/api/imports/addresses?format=csv", Text("x"))).StatusCode);
        foreach (var other in (HttpClient[])[geocoding.Resident, geocoding.Contacts])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync("/api/imports/addresses?format=csv", Text("x"))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/api/imports/addresses/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/api/imports/addresses/{id}/refused")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await Operator.GetAsync($"/api/imports/addresses/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Operator.GetAsync($"/api/imports/addresses/{id}/refused")).StatusCode);
    }

    private static ByteArrayContent Text(string text) => new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new("application/octet-stream") } };

    private async Task<JsonElement> EndAsync(Guid id)
    {
        JsonElement import = default;
        await Eventually.TrueAsync(async () =>
        {
            import = await Operator.GetFromJsonAsync<JsonElement>($"/api/imports/addresses/{id}");
            return import.GetProperty("state").GetString() is "done" or "failed";
        }, TimeSpan.FromSeconds(60));
        return import;
    }
}
