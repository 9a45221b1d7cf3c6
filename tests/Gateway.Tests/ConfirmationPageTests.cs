using System.Net;
using Ums.Gateway.Tests.Doubles;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>"Is this still right?" on Min sida, and the way back from passive.</summary>
public sealed class ConfirmationPageTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task who_is_asked_answers_with_one_button()
    {
        var browser = await SignedInAsync(DateTimeOffset.UtcNow.AddMonths(-16), DateTimeOffset.UtcNow.AddDays(-3));
        await browser.GetAsync("/min-sida");
        Assert.Contains("Stämmer det här fortfarande?", browser.Page, StringComparison.Ordinal);
        Assert.Contains("svara senast 20", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Du blir varnad på", browser.Page, StringComparison.Ordinal);

        using var answered = await browser.SendFormAsync("/min-sida?handler=Confirm", []);
        Assert.Equal((HttpStatusCode.Redirect, "/min-sida"), (answered.StatusCode, answered.Headers.Location?.OriginalString));
        await browser.GetAsync("/min-sida");
        Assert.Contains("Tack. Vi fortsätter att nå dig så här.", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Stämmer det här fortfarande?", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task who_comes_after_a_year_is_asked_without_a_message_and_who_comes_sooner_is_not()
    {
        var browser = await SignedInAsync(DateTimeOffset.UtcNow.AddMonths(-13), null);
        await browser.GetAsync("/min-sida");
        Assert.Contains("Det var ett tag sedan du var här.", browser.Page, StringComparison.Ordinal);
        browser = await SignedInAsync(DateTimeOffset.UtcNow.AddMonths(-11), null);
        await browser.GetAsync("/min-sida");
        Assert.DoesNotContain("Ja, det stämmer", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_passive_entry_says_so_and_becomes_active_by_one_button()
    {
        var browser = await SignedInAsync(DateTimeOffset.UtcNow.AddMonths(-19), DateTimeOffset.UtcNow.AddMonths(-3), DateTimeOffset.UtcNow.AddMonths(-1));
        await browser.GetAsync("/min-sida");
        Assert.Contains("Du blir inte varnad: din uppgift är vilande", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ja, det stämmer", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Gör min uppgift aktiv igen", browser.Page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendFormAsync("/min-sida?handler=Confirm", [], withToken: false)).StatusCode);
        await browser.SendFormAsync("/min-sida?handler=Confirm", []);
        await browser.GetAsync("/min-sida");
        Assert.DoesNotContain("vilande", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_the_register_answers_for_is_not_asked_about()
    {
        var browser = await SignedInAsync(null, null);
        gateway.Town.Contacts.Entry!["confirmation"] = null;
        gateway.Town.Contacts.Entry["source"] = "publicRegister";
        await browser.GetAsync("/min-sida");
        Assert.DoesNotContain("Ja, det stämmer", browser.Page, StringComparison.Ordinal);
        gateway.Town.Contacts.Refusal = new Refusal(409, "not-own-entry");
        await browser.SendFormAsync("/min-sida?handler=Confirm", []);
        gateway.Town.Contacts.Refusal = null;
        await browser.GetAsync("/min-sida");
        Assert.Contains("Det gick inte.", browser.Page, StringComparison.Ordinal);
    }

    private async Task<Browser> SignedInAsync(DateTimeOffset? confirmedAt, DateTimeOffset? remindedAt, DateTimeOffset? passiveAt = null)
    {
        gateway.Town.Reset();
        gateway.Town.Contacts.Entry = ContactsDouble.Astrid();
        gateway.Town.Contacts.Entry["confirmation"] = ContactsDouble.Confirmation(confirmedAt, remindedAt, passiveAt);
        return await gateway.SignedInAsync();
    }
}
