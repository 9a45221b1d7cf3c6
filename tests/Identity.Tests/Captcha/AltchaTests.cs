using System.Net.Http.Json;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json;
using Ums.Testing;

namespace Ums.Identity.Tests.Captcha;

public sealed class AltchaTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task the_challenge_has_the_form_that_the_widget_reads()
    {
        using var response = await browser.SendAsync(HttpMethod.Get, "/api/captcha");
        var challenge = await response.Content.ReadFromJsonAsync<JsonElement>();
        var terms = challenge.GetProperty("parameters");

        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("altcha", challenge.GetProperty("provider").GetString());
        Assert.Equal("PBKDF2/SHA-256", terms.GetProperty("algorithm").GetString());
        Assert.Equal(32, terms.GetProperty("keyLength").GetInt32());
        Assert.Equal(32, terms.GetProperty("keyPrefix").GetString()!.Length);
        foreach (var (name, length) in new[] { ("nonce", 32), ("salt", 32), ("keySignature", 64) })
            Assert.Matches($"^[0-9a-f]{{{length}}}$", terms.GetProperty(name).GetString());
        Assert.Equal((identity.Clock.GetUtcNow() + TimeSpan.FromMinutes(2)).ToUnixTimeSeconds(), terms.GetProperty("expiresAt").GetInt64());
        Assert.Matches("^[0-9a-f]{64}$", challenge.GetProperty("signature").GetString());
    }

    [Fact]
    public async Task a_solution_of_the_widgets_own_library_passes()
    {
        // The derivation of altcha-lib 2.8, kept as it came out there: nonce, salt, counter, cost, key.
        var key = Identity.Captcha.AltchaChallenge.Derive(
            Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), Convert.FromHexString("f0e0d0c0b0a090807060504030201000"), 258, 100);

        Assert.Equal(LibraryKey, Convert.ToHexStringLower(key));
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(await browser.SolveAsync())).StatusCode);
    }

    [Fact]
    public async Task a_solution_works_once()
    {
        var solution = await browser.SolveAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(solution)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        await IsRefusedAsync(solution);
    }

    [Fact]
    public async Task a_solution_works_only_in_the_browser_that_was_challenged()
    {
        var solution = await Browser.Elsewhere(identity).SolveAsync();

        await IsRefusedAsync(solution);
        await browser.ChallengeAsync();
        await IsRefusedAsync(solution);
    }

    [Fact]
    public async Task a_solution_lives_two_minutes()
    {
        var (first, second) = (await browser.SolveAsync(), await browser.SolveAsync());

        identity.Clock.Advance(TimeSpan.FromSeconds(118));
        Assert.Equal(HttpStatusCode.Accepted, (await AskAsync(first)).StatusCode);
        identity.Clock.Advance(TimeSpan.FromSeconds(2));
        await IsRefusedAsync(second);
    }

    [Theory]
    [InlineData("cost", 1)]
    [InlineData("expiresAt", 4102444800L)]
    [InlineData("keyPrefix", "00")]
    [InlineData("keySignature", "00")]
    [InlineData("nonce", "00000000000000000000000000000000")]
    [InlineData("algorithm", "SHA-256")]
    [InlineData("data", null)]
    public async Task a_challenge_that_was_altered_is_refused(string field, object? value)
    {
        var challenge = JsonNode.Parse((await browser.ChallengeAsync()).GetRawText())!;
        var solved = JsonNode.Parse(Convert.FromBase64String(AltchaSolver.Solve(JsonSerializer.SerializeToElement(challenge))))!;
        solved["challenge"]!["parameters"]![field] = JsonSerializer.SerializeToNode(value);

        await IsRefusedAsync(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(solved)));
    }

    [Fact]
    public async Task a_wrong_solution_is_refused()
    {
        var challenge = await browser.ChallengeAsync();

        await IsRefusedAsync(AltchaSolver.Encode(challenge, 0, new string('0', 64)));
        await IsRefusedAsync(AltchaSolver.Encode(challenge, 0, challenge.GetProperty("parameters").GetProperty("keyPrefix").GetString() + new string('0', 32)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("NOSCRIPT")]
    [InlineData("bnVsbA==")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("eyJjaGFsbGVuZ2UiOnt9LCJzb2x1dGlvbiI6e319")]
    [InlineData("eyJjaGFsbGVuZ2UiOnsicGFyYW1ldGVycyI6eyJkYXRhIjp7fX0sInNpZ25hdHVyZSI6IngifSwic29sdXRpb24iOnsiY291bnRlciI6InQifX0=")]
    public async Task what_is_no_solution_is_refused(string answer)
    {
        await browser.ChallengeAsync();
        await IsRefusedAsync(answer);
    }

    private Task<HttpResponseMessage> AskAsync(string captcha) => browser.AskAsync(identity.NewPhone(), captcha: captcha);

    private async Task IsRefusedAsync(string captcha)
    {
        using var response = await AskAsync(captcha);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("urn:ums:problem:captcha-failed", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    private const string LibraryKey = "8f52a8879ceb961347796859a57e25f28d4ac4a872b11056d0caeb49f474aabc";
}
