using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ums.Identity.Tests.Operators;

public sealed class PasskeyTests(OperatorsFixture identity) : IClassFixture<OperatorsFixture>
{
    [Fact]
    public async Task a_passkey_signs_in_by_itself_until_it_is_removed()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "sender");
        using var client = await person.WorkingAsync();
        using var authenticator = new SoftAuthenticator();
        Assert.Equal(HttpStatusCode.NoContent, (await AddAsync(client, authenticator)).StatusCode);

        using var signedIn = await SignInAsync(authenticator);
        Assert.True(signedIn.StatusCode == HttpStatusCode.OK, await signedIn.Content.ReadAsStringAsync());
        var ticket = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ticket").GetString()!;
        var tokens = await (await person.ExchangeAsync(await person.CodeOfAsync(ticket))).Content.ReadFromJsonAsync<Person.Tokens>();
        using var again = identity.ClientWith(tokens!.AccessToken!);
        var account = await again.GetFromJsonAsync<JsonElement>("/api/operator");
        Assert.Equal((person.Email, authenticator.Id), (account.GetProperty("email").GetString(), account.GetProperty("passkeys")[0].GetProperty("id").GetString()));

        Assert.Equal(HttpStatusCode.NoContent, (await again.DeleteAsync(new Uri($"/api/operator/passkeys/{authenticator.Id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await again.DeleteAsync(new Uri($"/api/operator/passkeys/{authenticator.Id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync(authenticator)).StatusCode);
    }

    [Fact]
    public async Task an_answer_to_another_page_or_without_the_person_is_none()
    {
        using var client = await (await identity.JoinedAsync(identity.Stockholm, "sender")).WorkingAsync();
        using var authenticator = new SoftAuthenticator { Origin = "https://evil.example" };
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(client, authenticator)).StatusCode);
        authenticator.Origin = "http://localhost:8080";
        authenticator.SeesThePerson = false;
        Assert.Equal(HttpStatusCode.BadRequest, (await AddAsync(client, authenticator)).StatusCode);
        authenticator.SeesThePerson = true;
        Assert.Equal(HttpStatusCode.NoContent, (await AddAsync(client, authenticator)).StatusCode);

        authenticator.SeesThePerson = false;
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync(authenticator)).StatusCode);
        (authenticator.SeesThePerson, authenticator.Origin) = (true, "http://localhost:8080.evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await SignInAsync(authenticator)).StatusCode);
    }

    [Fact]
    public async Task a_challenge_is_good_once_and_for_its_asker()
    {
        using var client = await (await identity.JoinedAsync(identity.Stockholm, "sender")).WorkingAsync();
        using var authenticator = new SoftAuthenticator();
        Assert.Equal(HttpStatusCode.NoContent, (await AddAsync(client, authenticator)).StatusCode);
        var question = await QuestionAsync();
        var body = new { credential = authenticator.Get(question.GetProperty("options")), challenge = question.GetProperty("challenge").GetString() };

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => identity.PageAsync("operators/passkey", body)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        using var wrongKind = await client.PostAsJsonAsync("/api/operator/passkeys", new { name = "x", body.credential, challenge = (await QuestionAsync()).GetProperty("challenge").GetString() });
        Assert.Equal(HttpStatusCode.BadRequest, wrongKind.StatusCode);
        question = await QuestionAsync();
        identity.Clock.Advance(TimeSpan.FromMinutes(5));
        using var late = await identity.PageAsync("operators/passkey", new { credential = authenticator.Get(question.GetProperty("options")), challenge = question.GetProperty("challenge").GetString() });
        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
    }

    [Theory]
    [InlineData("""{"credential":null}""")]
    [InlineData("""{"credential":{}}""")]
    [InlineData("""{"credential":{"id":"x","rawId":"?","type":"public-key","response":{}}}""")]
    [InlineData("""{"credential":[]}""")]
    [InlineData("{}")]
    public async Task a_bad_answer_is_a_wrong_one(string body)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body)!;
        fields["challenge"] = (await QuestionAsync()).GetProperty("challenge");
        Assert.Equal(HttpStatusCode.Forbidden, (await identity.PageAsync("operators/passkey", fields)).StatusCode);
    }

    private async Task<JsonElement> QuestionAsync() => await (await identity.PageAsync("operators/passkey/options", new { })).Content.ReadFromJsonAsync<JsonElement>();

    private async Task<HttpResponseMessage> SignInAsync(SoftAuthenticator authenticator)
    {
        var question = await QuestionAsync();
        return await identity.PageAsync("operators/passkey", new { credential = authenticator.Get(question.GetProperty("options")), challenge = question.GetProperty("challenge").GetString() });
    }

    private static async Task<HttpResponseMessage> AddAsync(HttpClient client, SoftAuthenticator authenticator)
    {
        using var asked = await client.PostAsync(new Uri("/api/operator/passkeys/options", UriKind.Relative), null);
        Assert.True(asked.StatusCode == HttpStatusCode.OK, await asked.Content.ReadAsStringAsync());
        var question = await asked.Content.ReadFromJsonAsync<JsonElement>();
        return await client.PostAsJsonAsync("/api/operator/passkeys",
            new { name = "Min telefon", credential = authenticator.Create(question.GetProperty("options")), challenge = question.GetProperty("challenge").GetString() });
    }
}
