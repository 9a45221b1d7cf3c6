using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Ums.Identity.Tests.Tokens;

public sealed class SessionTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task thirty_idle_minutes_end_a_session()
    {
        var session = await SignInAsync();

        identity.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(HttpStatusCode.NotFound, await CheckAsync(session));
    }

    [Fact]
    public async Task each_request_keeps_a_session_alive_but_not_beyond_two_hours()
    {
        var session = await SignInAsync();
        for (var minutes = 29; minutes < 120; minutes += 29)
        {
            identity.Clock.Advance(TimeSpan.FromMinutes(29));
            Assert.Equal(HttpStatusCode.NoContent, await CheckAsync(session));
        }
        identity.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HttpStatusCode.NotFound, await CheckAsync(session));
    }

    [Fact]
    public async Task a_session_that_never_was_has_ended()
    {
        Assert.Equal(HttpStatusCode.NotFound, await CheckAsync(Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.NotFound, await CheckAsync("seven"));
    }

    [Fact]
    public async Task two_sign_ins_are_two_sessions_and_signing_out_ends_one()
    {
        var first = await SignInAsync();
        var browser = Browser.Elsewhere(identity);
        var second = new JsonWebToken((await browser.SignInAsync(identity.NewPhone())).AccessToken).GetClaim("sid").Value;

        await browser.SendAsync(HttpMethod.Post, "/connect/logout");

        Assert.Equal(HttpStatusCode.NoContent, await CheckAsync(first));
        Assert.Equal(HttpStatusCode.NotFound, await CheckAsync(second));
    }

    private async Task<string> SignInAsync() =>
        new JsonWebToken((await Browser.Elsewhere(identity).SignInAsync(identity.NewPhone())).AccessToken).GetClaim("sid").Value;

    /// <summary>With a fresh token each time: the clock outruns the gateway's.</summary>
    private async Task<HttpStatusCode> CheckAsync(string session)
    {
        using var gateway = await Clients.OfServiceAsync(identity, "gateway", "session.check");
        return (await gateway.GetAsync(new Uri($"/internal/sessions/{session}", UriKind.Relative))).StatusCode;
    }
}
