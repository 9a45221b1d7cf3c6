using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Ums.Messages.Events;

namespace Ums.Identity.Tests.Pins;

public sealed class SignInTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task a_resident_signs_in_with_the_pin_that_came_by_sms()
    {
        var browser = Browser.Elsewhere(identity);

        var asked = await browser.AskedAsync("070-174 06 05", role: "company");
        var delivery = (await identity.DeliveriesAsync(asked.PinRequestId)).Single();
        var answer = await browser.HandedInAsync(asked.PinRequestId, delivery.Pin);

        Assert.Equal("sms", asked.Channel);
        Assert.Equal(identity.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), asked.ExpiresAt);
        Assert.Equal(("+46701740605", "sv", "Kommunen", "+46846500401", "Stockholm"),
            (delivery.Phone, delivery.Language, delivery.SenderName, delivery.CallerId, delivery.OrganisationName));
        Assert.Matches("^[0-9]{6}$", delivery.Pin);
        Assert.Equal(("Bearer", "contact address.read", null), (answer.TokenType, answer.Scope, answer.Error));
        var token = new JsonWebToken(answer.AccessToken);
        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal("http://localhost:8080/", token.Issuer);
        Assert.Equal(["contacts", "geocoding", "identity"], token.Audiences.Order());
        Assert.Equal(identity.Stockholm.ToString(), token.GetClaim("organisation").Value);
        Assert.Equal("stockholm", token.GetClaim("organisation_slug").Value);
        Assert.Equal("+46701740605", token.GetClaim("phone_number").Value);
        Assert.Equal("company", token.GetClaim("kind").Value);
        Assert.Equal("sms", token.GetClaim("channel").Value);
        Assert.True(Guid.TryParse(token.Subject, out _));
        Assert.True(Guid.TryParse(token.GetClaim("sid").Value, out _));
        Assert.InRange(answer.ExpiresIn, 7100, 7200);
        await identity.Bus.PublishedAsync<PinVerified>(m => m.PinRequestId == asked.PinRequestId);
    }

    [Fact]
    public async Task a_landline_is_called()
    {
        var asked = await Browser.Elsewhere(identity).AskedAsync("08-465 004 01");

        Assert.Equal("voice", asked.Channel);
        Assert.Equal("voice", (await identity.Bus.PublishedAsync<PinRequested>(m => m.PinRequestId == asked.PinRequestId)).Channel);
    }

    [Fact]
    public async Task signing_out_ends_the_session_at_once()
    {
        var browser = Browser.Elsewhere(identity);
        var session = new JsonWebToken((await browser.SignInAsync("070-174 06 06")).AccessToken).GetClaim("sid").Value;
        var gateway = await Clients.OfServiceAsync(identity, "gateway", "session.check");

        Assert.Equal(HttpStatusCode.NoContent, (await gateway.GetAsync($"/internal/sessions/{session}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendAsync(HttpMethod.Post, "/connect/logout")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync($"/internal/sessions/{session}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendAsync(HttpMethod.Post, "/connect/logout")).StatusCode);
    }
}
