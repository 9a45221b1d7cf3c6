using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Ums.Identity.Tests.Operators;

public sealed class PeopleTests(OperatorsFixture identity) : IClassFixture<OperatorsFixture>
{
    [Fact]
    public async Task an_administrator_invites_a_colleague_who_then_works_there()
    {
        using var admin = await AdministratorAsync("invites");
        using var invited = await admin.PostAsJsonAsync("/api/organisations/invites/invitations", new { email = "Kim@Example.se", name = "Kim", roles = new[] { "approver" } });
        var link = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;

        var kim = await identity.FollowAsync(OperatorsFixture.TokenOf(link), "kim@example.se");

        Assert.StartsWith("http://localhost:8080/admin/valkommen/", link, StringComparison.Ordinal);
        Assert.Contains("alert.approve", new JsonWebToken((await kim.SignInAsync()).AccessToken).GetClaim("scope").Value.Split(' '));
        var people = await admin.GetFromJsonAsync<JsonElement>("/api/organisations/invites/people");
        Assert.Contains(people.GetProperty("people").EnumerateArray(), person => person.GetProperty("email").GetString() == "kim@example.se");
        Assert.Empty(people.GetProperty("invitations").EnumerateArray());
    }

    [Fact]
    public async Task whoever_works_there_sees_their_colleagues_names_and_no_more()
    {
        var organisation = await NewAsync("colleagues");
        await identity.JoinedAsync(organisation, "administrator");
        using var reader = await (await identity.JoinedAsync(organisation, "reader")).WorkingAsync();

        var colleagues = (await reader.GetFromJsonAsync<JsonElement>("/api/organisations/colleagues/colleagues")).GetProperty("colleagues").EnumerateArray().ToList();

        Assert.Equal(2, colleagues.Count);
        Assert.All(colleagues, one => Assert.Equal(["id", "name"], one.EnumerateObject().Select(field => field.Name)));
        Assert.All(colleagues, one => Assert.NotEmpty(one.GetProperty("name").GetString()!));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(new Uri("/api/organisations/stockholm/colleagues", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(new Uri("/api/organisations/colleagues/people", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task somebody_with_an_account_joins_with_it()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        var token = await identity.InvitedAsync(identity.Stromstad, person.Email, "Någon", "sender");
        identity.Clock.Advance(TimeSpan.FromSeconds(30));

        using var wrong = await identity.PageAsync("invitations/accept", new { token, password = "a new password of mine", code = person.Code() });
        using var right = await identity.PageAsync("invitations/accept", new { token, password = Person.Password, code = person.Code() });

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (wrong.StatusCode, right.StatusCode));
        var unchosen = new JsonWebToken((await person.SignInAsync()).AccessToken);
        Assert.False(unchosen.TryGetClaim("organisation", out _));
        Assert.Equal("account offline_access", unchosen.GetClaim("scope").Value);
        using var sender = await person.WorkingAsync("stromstad");
        Assert.Equal("stromstad", (await sender.GetFromJsonAsync<JsonElement>("/api/operator")).GetProperty("organisation").GetString());
    }

    [Fact]
    public async Task a_change_of_roles_holds_at_once()
    {
        using var admin = await AdministratorAsync("changes");
        var person = await identity.JoinedAsync(await IdAsync("changes"), "sender");
        var tokens = await person.SignInAsync();
        var token = new JsonWebToken(tokens.AccessToken);

        using var changed = await admin.PutAsJsonAsync($"/api/organisations/changes/people/{token.Subject}", new { roles = new[] { "reader" } });

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await SessionAsync(token));
        Assert.Equal("invalid_grant", (await person.RefreshedAsync(tokens)).Error);
        Assert.DoesNotContain("alert.write", new JsonWebToken((await person.SignInAsync()).AccessToken).GetClaim("scope").Value.Split(' '));
    }

    [Fact]
    public async Task who_is_removed_is_out_at_once_and_may_come_back()
    {
        using var admin = await AdministratorAsync("removes");
        var person = await identity.JoinedAsync(await IdAsync("removes"), "sender");
        var token = new JsonWebToken((await person.SignInAsync()).AccessToken);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(new Uri($"/api/organisations/removes/people/{token.Subject}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync(new Uri($"/api/organisations/removes/people/{token.Subject}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await SessionAsync(token));
        Assert.False(new JsonWebToken((await person.SignInAsync()).AccessToken).TryGetClaim("organisation", out _));
    }

    [Fact]
    public async Task the_last_administrator_cannot_go_even_when_two_go_at_once()
    {
        using var one = await AdministratorAsync("lasts");
        var second = await identity.JoinedAsync(await IdAsync("lasts"), "administrator");
        using var two = await second.WorkingAsync();
        var ids = (await one.GetFromJsonAsync<JsonElement>("/api/organisations/lasts/people")).GetProperty("people").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ToArray();

        var answers = await Task.WhenAll(
            one.DeleteAsync(new Uri($"/api/organisations/lasts/people/{ids[0]}", UriKind.Relative)),
            two.PutAsJsonAsync($"/api/organisations/lasts/people/{ids[1]}", new { roles = new[] { "reader" } }));

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task staff_enter_with_a_reason_that_the_organisation_can_read()
    {
        var staff = await identity.JoinedAsync(null);
        using var nowhere = identity.ClientWith((await staff.SignInAsync()).AccessToken!);
        using var silent = await nowhere.PutAsJsonAsync("/api/operator/organisation", new { slug = "stockholm", reason = "bad" });
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);

        using var inside = await staff.WorkingAsync("stockholm", "Ärende 4711: hjälper till med inställningar");

        var audit = (await inside.GetFromJsonAsync<JsonElement>("/api/audit")).GetProperty("entries").EnumerateArray().First();
        Assert.Equal(("staff-entered", "Ärende 4711: hjälper till med inställningar"), (audit.GetProperty("action").GetString(), audit.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task others_cannot_be_entered()
    {
        using var reader = await (await identity.JoinedAsync(identity.Stockholm, "administrator")).WorkingAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await reader.PutAsJsonAsync("/api/operator/organisation", new { slug = "stromstad", reason = "a good reason" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.PutAsJsonAsync("/api/operator/organisation", new { slug = "nowhere\0" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync(new Uri("/api/organisations/stromstad/people", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task what_matters_asks_again_after_ten_minutes()
    {
        var person = await identity.JoinedAsync(await NewAsync("fresh"), "administrator");
        var tokens = await person.SignInAsync();
        identity.Clock.Advance(TimeSpan.FromMinutes(11));
        tokens = await person.RefreshedAsync(tokens);
        using var stale = identity.ClientWith(tokens.AccessToken!);
        var invitation = new { email = "x@example.se", name = "X", roles = new[] { "reader" } };

        using var refused = await stale.PostAsJsonAsync("/api/organisations/fresh/invitations", invitation);
        Assert.Contains("sign-in-again", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stale.PostAsJsonAsync("/api/operator/confirm", new { password = "fel", code = person.Code() })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await stale.PostAsJsonAsync("/api/operator/confirm", new { password = Person.Password, code = person.Code() })).StatusCode);
        using var fresh = identity.ClientWith((await person.RefreshedAsync(tokens)).AccessToken!);
        Assert.Equal(HttpStatusCode.OK, (await fresh.PostAsJsonAsync("/api/organisations/fresh/invitations", invitation)).StatusCode);
    }

    [Theory]
    [InlineData("""{"email":"nobody","name":"X","roles":["reader"]}""")]
    [InlineData("""{"email":"x@example.se","name":"","roles":["reader"]}""")]
    [InlineData("""{"email":"x@example.se","name":"X","roles":[]}""")]
    [InlineData("""{"email":"x@example.se","name":"X","roles":["owner"]}""")]
    [InlineData("""{"email":"x@example.se","name":"X","roles":[null]}""")]
    [InlineData("""{"email":"x@example.se","name":"X","roles":"reader"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task a_bad_invitation_is_refused(string body)
    {
        using var admin = await (await identity.JoinedAsync(identity.Stockholm, "administrator")).WorkingAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.PostAsync(new Uri("/api/organisations/stockholm/invitations", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task a_session_ends_after_half_an_hour_of_nothing_and_after_twelve_hours_in_any_case()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        var idle = new JsonWebToken((await person.SignInAsync()).AccessToken);
        identity.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.NotFound, await SessionAsync(idle));

        var busy = new JsonWebToken((await person.SignInAsync()).AccessToken);
        for (var half = 0; half < 24; half++)
        {
            identity.Clock.Advance(TimeSpan.FromMinutes(29));
            Assert.Equal(HttpStatusCode.NoContent, await SessionAsync(busy));
        }
        identity.Clock.Advance(TimeSpan.FromMinutes(25));
        Assert.Equal(HttpStatusCode.NotFound, await SessionAsync(busy));
    }

    [Fact]
    public async Task signing_out_ends_the_session_at_once()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        var tokens = await person.SignInAsync();
        using var client = identity.ClientWith(tokens.AccessToken!);

        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync(new Uri("/api/operator/sign-out", UriKind.Relative), null)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, await SessionAsync(new JsonWebToken(tokens.AccessToken)));
        Assert.Equal("invalid_grant", (await person.RefreshedAsync(tokens)).Error);
    }

    private async Task<HttpStatusCode> SessionAsync(JsonWebToken token)
    {
        using var gateway = await Clients.OfServiceAsync(identity, "gateway", "session.check");
        return (await gateway.GetAsync(new Uri($"/internal/operator-sessions/{token.GetClaim("sid").Value}", UriKind.Relative))).StatusCode;
    }

    private async Task<HttpClient> AdministratorAsync(string slug) => await (await identity.JoinedAsync(await NewAsync(slug), "administrator")).WorkingAsync();

    private async Task<Guid> NewAsync(string slug)
    {
        await identity.AddOrganisationAsync(Guid.CreateVersion7(), slug, norwegian: false);
        return await IdAsync(slug);
    }

    private Task<Guid> IdAsync(string slug) => identity.QueryAsync<Guid>("select id from organisations where slug = $1", slug);
}
