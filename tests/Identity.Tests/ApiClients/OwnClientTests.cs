using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Ums.Identity.Tests.Operators;

namespace Ums.Identity.Tests.ApiClients;

public sealed class OwnClientTests(OperatorsFixture identity) : IClassFixture<OperatorsFixture>
{
    private const string Address = "/api/organisations/stockholm/clients";

    [Fact]
    public async Task a_program_is_let_in_gets_another_secret_and_is_let_in_no_more()
    {
        using var admin = await AdministratorAsync();
        var (id, secret) = await CreateAsync(admin, "Driftövervakning", "alert.write", "alert.read");

        var token = new JsonWebToken(await TokenAsync(id, secret));
        Assert.Equal(identity.Stockholm.ToString(), token.GetClaim("organisation").Value);
        Assert.InRange((token.ValidTo - identity.Clock.GetUtcNow().UtcDateTime).TotalMinutes, 10, 15);

        using var rotated = await admin.PostAsync(new Uri($"{Address}/{id}/secret", UriKind.Relative), null);
        var next = (await rotated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;
        Assert.Null(await TokenAsync(id, secret));
        Assert.NotNull(await TokenAsync(id, next));

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(new Uri($"{Address}/{id}", UriKind.Relative))).StatusCode);
        Assert.Null(await TokenAsync(id, next));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync(new Uri($"{Address}/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(new Uri($"{Address}/{id}/secret", UriKind.Relative), null)).StatusCode);
        var listed = (await admin.GetFromJsonAsync<JsonElement>(Address)).GetProperty("clients").EnumerateArray().Single(client => client.GetProperty("clientId").GetString() == id);
        Assert.Equal(JsonValueKind.String, listed.GetProperty("revokedAt").ValueKind);
        Assert.DoesNotContain("secret", listed.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task anothers_program_is_not_found()
    {
        using var stockholm = await AdministratorAsync();
        var (id, _) = await CreateAsync(stockholm, "Eget", "alert.read");
        using var stromstad = await (await identity.JoinedAsync(identity.Stromstad, "administrator")).WorkingAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await stromstad.DeleteAsync(new Uri($"{Address}/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stromstad.DeleteAsync(new Uri($"/api/organisations/stromstad/clients/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stromstad.DeleteAsync(new Uri("/api/organisations/stromstad/clients/gateway", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["alert.read"]}""")]
    [InlineData("""{"name":"x","scopes":[]}""")]
    [InlineData("""{"name":"x","scopes":["alert.approve"]}""")]
    [InlineData("""{"name":"x","scopes":["session.check"]}""")]
    [InlineData("""{"name":"x","scopes":["operator.manage"]}""")]
    [InlineData("""{"name":"x","scopes":[null]}""")]
    [InlineData("""{"scopes":["alert.read"]}""")]
    [InlineData("7")]
    public async Task a_bad_wish_for_a_program_is_refused(string body)
    {
        using var admin = await AdministratorAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.PostAsync(new Uri(Address, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<HttpClient> AdministratorAsync() => await (await identity.JoinedAsync(identity.Stockholm, "administrator")).WorkingAsync();

    private static async Task<(string Id, string Secret)> CreateAsync(HttpClient admin, string name, params string[] scopes)
    {
        using var answer = await admin.PostAsJsonAsync(Address, new { name, scopes });
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (made.GetProperty("clientId").GetString()!, made.GetProperty("secret").GetString()!);
    }

    private async Task<string?> TokenAsync(string id, string secret)
    {
        using var answer = await Clients.AskAsync(identity.Client, id, secret, null);
        return (await answer.Content.ReadFromJsonAsync<TokenAnswer>())!.AccessToken;
    }
}
