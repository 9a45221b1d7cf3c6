using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Ums.Identity.Tests.Pins;

public sealed class AddPhoneTests(IdentityFixture identity) : IClassFixture<IdentityFixture>
{
    private readonly Browser browser = Browser.Elsewhere(identity);

    [Fact]
    public async Task a_resident_proves_another_number_and_stays_signed_in_with_the_first()
    {
        var mine = new JsonWebToken((await browser.SignInAsync(identity.NewPhone(), role: "company")).AccessToken);
        var before = await identity.QueryAsync<long>("select count(*) from sessions");

        var asked = await browser.AskedAsync("08-465 004 10", purpose: "add-phone");
        var answer = await browser.HandedInAsync(asked.PinRequestId, await browser.PinAsync(asked.PinRequestId));
        var proof = new JsonWebToken(answer.AccessToken);

        Assert.Equal("phone.proof", answer.Scope);
        Assert.InRange(answer.ExpiresIn, 590, 600);
        Assert.Equal(["contacts"], proof.Audiences);
        Assert.Equal((mine.Subject, "+46846500410", "company"), (proof.Subject, proof.GetClaim("phone_number").Value, proof.GetClaim("kind").Value));
        Assert.Equal(mine.GetClaim("organisation").Value, proof.GetClaim("organisation").Value);
        Assert.False(proof.TryGetClaim("sid", out _));
        Assert.Equal(before, await identity.QueryAsync<long>("select count(*) from sessions"));
    }

    [Fact]
    public async Task a_stranger_may_not()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AskAsync(identity.NewPhone(), purpose: "add-phone")).StatusCode);
        browser.Token = "eyJhbGciOiJub25lIn0.e30.";
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AskAsync(identity.NewPhone(), purpose: "add-phone")).StatusCode);
    }

    [Fact]
    public async Task who_has_signed_out_may_not()
    {
        await browser.SignInAsync(identity.NewPhone());
        await browser.SendAsync(HttpMethod.Post, "/connect/logout");

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AskAsync(identity.NewPhone(), purpose: "add-phone")).StatusCode);
    }

    [Fact]
    public async Task the_other_organisation_is_unknown_to_a_resident_of_this_one()
    {
        await browser.SignInAsync(identity.NewPhone(), "stockholm");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.AskAsync(identity.NewPhone(), "stromstad", purpose: "add-phone")).StatusCode);
    }

    [Fact]
    public async Task proof_of_a_number_is_no_sign_in()
    {
        await browser.SignInAsync(identity.NewPhone());
        var asked = await browser.AskedAsync(identity.NewPhone(), purpose: "add-phone");
        browser.Token = (await browser.HandedInAsync(asked.PinRequestId, await browser.PinAsync(asked.PinRequestId))).AccessToken;

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SendAsync(HttpMethod.Post, "/connect/logout")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AskAsync(identity.NewPhone(), purpose: "add-phone")).StatusCode);
    }
}
