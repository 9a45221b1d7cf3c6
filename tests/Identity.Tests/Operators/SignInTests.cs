using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Ums.Identity.Operators;

namespace Ums.Identity.Tests.Operators;

public sealed class SignInTests(OperatorsFixture identity) : IClassFixture<OperatorsFixture>
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void codes_are_those_of_the_rfc(long seconds, string code) =>
        Assert.Equal(code, Totp.Code("12345678901234567890"u8, seconds / 30));

    [Fact]
    public void secrets_are_written_as_apps_read_them() => Assert.Equal("MZXW6YTBOI", Totp.Base32(Encoding.ASCII.GetBytes("foobar")));

    [Fact]
    public async Task a_password_and_a_code_open_a_session_in_the_only_organisation()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "sender", "editor");

        var tokens = await person.SignInAsync();

        var token = new JsonWebToken(tokens.AccessToken);
        Assert.Equal(("operator", "stockholm"), (token.GetClaim("kind").Value, token.GetClaim("organisation_slug").Value));
        Assert.Equal(["editor", "sender"], token.Claims.Where(claim => claim.Type == "role").Select(claim => claim.Value).Order());
        Assert.Contains("alert.write", token.GetClaim("scope").Value.Split(' '));
        Assert.DoesNotContain("alert.approve", token.GetClaim("scope").Value.Split(' '));
        Assert.InRange((token.ValidTo - identity.Clock.GetUtcNow().UtcDateTime).TotalMinutes, 5, 10);
    }

    [Fact]
    public async Task whatever_is_wrong_is_told_in_the_same_words()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        var nobody = new Person(identity, "nobody@example.se", "MZXW6YTBOI");

        HttpResponseMessage[] answers = [await person.TryAsync(password: "fel"), await person.TryAsync(code: "000000"), await nobody.TryAsync(), await person.TryAsync(code: "")];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Select(Without).Distinct());

        static string Without(string body) => JsonSerializer.Deserialize<JsonElement>(body).GetProperty("type").GetString()!;
    }

    [Fact]
    public async Task a_code_of_the_authenticator_is_good_once()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = person.Code();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => person.TryAsync(code: code)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_recovery_code_stands_in_once_for_the_authenticator()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");

        Assert.Equal(10, person.RecoveryCodes.Distinct().Count());
        Assert.Equal(HttpStatusCode.OK, (await person.TryAsync(code: person.RecoveryCodes[0].ToUpperInvariant())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.TryAsync(code: person.RecoveryCodes[0])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await person.TryAsync(code: person.RecoveryCodes[1])).StatusCode);
    }

    [Fact]
    public async Task who_fails_often_waits_and_the_operators_own_browser_does_not()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        await person.TicketAsync();
        var stranger = new Person(identity, person.Email, "MZXW6YTBOI");

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Forbidden, (await stranger.TryAsync(password: "fel")).StatusCode);
        stranger.Browser = null; // a new cookie changes nothing
        using var refused = await stranger.TryAsync(password: "fel");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await person.TicketAsync(); // from the very same network
    }

    [Fact]
    public async Task who_knows_the_password_still_cannot_guess_the_code()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Forbidden, (await new Person(identity, person.Email, "MZXW6YTBOI").TryAsync(code: "000000", network: $"198.51.100.{i}")).StatusCode);

        using var right = await person.TryAsync(network: "198.51.100.200");

        Assert.Equal(HttpStatusCode.Forbidden, right.StatusCode);
    }

    [Fact]
    public async Task a_ticket_opens_one_session_and_only_soon()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        var ticket = await person.TicketAsync();

        Assert.NotNull(await person.CodeOfAsync(ticket));
        Assert.Equal("login_required", HttpUtility.ParseQueryString((await person.AuthorizeAsync(ticket)).Query)["error"]);
        Assert.Equal("login_required", HttpUtility.ParseQueryString((await person.AuthorizeAsync(null)).Query)["error"]);
        var late = await person.TicketAsync();
        identity.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("login_required", HttpUtility.ParseQueryString((await person.AuthorizeAsync(late)).Query)["error"]);
    }

    [Fact]
    public async Task a_code_is_good_once_and_the_second_time_ends_what_the_first_began()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        var code = await person.CodeOfAsync(await person.TicketAsync());
        var tokens = (await (await person.ExchangeAsync(code)).Content.ReadFromJsonAsync<Person.Tokens>())!;

        using var again = await person.ExchangeAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("invalid_grant", (await person.RefreshedAsync(tokens)).Error);
    }

    [Fact]
    public async Task a_code_without_its_verifier_is_worth_nothing()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        using var answer = await person.ExchangeAsync(await person.CodeOfAsync(await person.TicketAsync()), "another-verifier-of-at-least-forty-three-characters");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("gateway", "https://evil.example/")]
    [InlineData("gateway", "http://localhost:8080/admin/tillbaka/../../k/stockholm")]
    [InlineData("contacts", "http://localhost:8080/admin/tillbaka")]
    [InlineData("nobody", "http://localhost:8080/admin/tillbaka")]
    public async Task no_code_leaves_for_another_place_or_client(string client, string place)
    {
        var ticket = await (await identity.JoinedAsync(identity.Stockholm, "reader")).TicketAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get,
            $"/connect/authorize?response_type=code&client_id={client}&scope=offline_access&code_challenge=x&code_challenge_method=S256&redirect_uri={Uri.EscapeDataString(place)}");
        request.Headers.Add("Cookie", $"__Host-ums-ticket={ticket}");
        using var answer = await identity.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task a_plain_challenge_is_none() =>
        Assert.Contains("code_challenge_method", (await Assert.ThrowsAsync<InvalidOperationException>(() => new Person(identity, "", "").AuthorizeAsync(null, "plain"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"email":null,"password":null,"code":null}""")]
    [InlineData("""{"email":"a@b.se","password":"","code":"123456"}""")]
    [InlineData("""{"email":"a@b.se\u0000","password":"x","code":"123456"}""")]
    public async Task a_bad_sign_in_is_a_wrong_one(string body)
    {
        using var answer = await identity.PageAsync("operators/sign-in", JsonSerializer.Deserialize<JsonElement>(body), Browser.NewNetwork());
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task nothing_secret_stands_in_the_database_or_in_a_log()
    {
        var person = await identity.JoinedAsync(identity.Stockholm, "reader");
        var ticket = await person.TicketAsync();
        var rows = await identity.QueryAsync<string>("""
            select concat((select string_agg(o::text, ' ') from operators o), (select string_agg(i::text, ' ') from invitations i),
                (select string_agg(s::text, ' ') from operator_sessions s), (select string_agg(r::text, ' ') from operator_recovery_codes r))
            """);
        foreach (var secret in (string[])[person.Email, Person.Password, ticket, person.RecoveryCodes[0]])
        {
            Assert.DoesNotContain(secret, rows, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, identity.Logs.Text, StringComparison.OrdinalIgnoreCase);
        }
    }
}
