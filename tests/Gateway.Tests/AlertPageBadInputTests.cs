using System.Net;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

public sealed class AlertPageBadInputTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public AlertPageBadInputTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Sender);
    }

    [Theory]
    [InlineData("Typed.Title", "", "Skriv en rubrik")]
    [InlineData("Typed.Category", "", "Välj vad varningen gäller.")]
    [InlineData("Typed.Sms", "", "Skriv vad sms:et ska säga.")]
    [InlineData("Typed.Postcodes", "11343, halva stan", "Raden går inte att läsa: halva stan")]
    [InlineData("Typed.Streets", "105", "Raden går inte att läsa: 105")]
    [InlineData("Typed.Properties", "tolv", "Raden går inte att läsa: tolv")]
    [InlineData("Typed.Phones", "070-174 06 05\n0900-123 456", "Raden går inte att läsa: 0900-123 456")]
    [InlineData("Typed.Areas", "59.34, 18.03\nhär", "Raden går inte att läsa: här")]
    [InlineData("Typed.Areas", "59.34, NaN", "Raden går inte att läsa: 59.34, NaN")]
    [InlineData("Typed.SendAt", "i morgon", "Skriv dag och tid som")]
    [InlineData("Typed.SendAt", "2026-03-29T02:30", "Skriv dag och tid som")]
    [InlineData("Typed.Repeat", "ofta", "Mellan 5 och 240 minuter.")]
    [InlineData("Typed.Valid", "-1", "Mellan tio minuter och 24 timmar.")]
    public async Task what_cannot_be_read_is_said_beside_its_field_and_nothing_is_saved(string field, string typed, string said)
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        var form = AlertPageTests.Form();
        form[field] = typed;

        using var response = await browser.SendFormAsync("/admin/varningar/ny?handler=Save", form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        Assert.Contains($"id=\"{field}\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Vattenläcka på Sankt Eriksgatan.", field == "Typed.Sms" ? "Vattenläcka på Sankt Eriksgatan." : browser.Page, StringComparison.Ordinal);
        Assert.Empty(gateway.Town.Alerts.Ids);
    }

    [Theory]
    [InlineData("areas[0]", "crosses-itself", "korsar sig själv")]
    [InlineData("areas[0]", "too-large", "större än någon kommun")]
    [InlineData("areas[0]", "outside-scandinavia", "utanför Norden")]
    [InlineData("phones[3]", "not-allowed", "betalnummer eller utländskt")]
    [InlineData("audience", "nobody", "Välj vilka varningen ska nå.")]
    public async Task what_contacts_finds_wrong_is_said_in_words(string field, string fault, string said)
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        gateway.Town.Alerts.AudienceFault = (field, fault);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/varningar/ny?handler=Count", AlertPageTests.Form())).StatusCode);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("inget nummer")]
    [InlineData("070-174 06 01\n070-174 06 02\n070-174 06 03\n070-174 06 04\n070-174 06 05\n070-174 06 06\n070-174 06 07\n070-174 06 08\n070-174 06 09\n070-174 06 10\n070-174 06 11")]
    public async Task a_test_goes_to_one_to_ten_numbers(string typed)
    {
        var (browser, id) = (await SignedInAsync(), gateway.Town.Alerts.Put("draft"));
        await browser.GetAsync($"/admin/varningar/{id}/skriv");
        var form = AlertPageTests.Form(version: 3);
        form["TestPhones"] = typed;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync($"/admin/varningar/{id}/skriv?handler=Test", form)).StatusCode);
        Assert.Empty(gateway.Town.Alerts.Done);
    }

    [Fact]
    public async Task a_service_away_keeps_what_was_typed()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        foreach (var (service, handler) in new[] { ("notifier", "Save"), ("contacts", "Count") })
        {
            gateway.Town.Away[service] = true;
            using var response = await browser.SendFormAsync($"/admin/varningar/ny?handler={handler}", AlertPageTests.Form());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("Vattenläcka på Sankt Eriksgatan.", browser.Page, StringComparison.Ordinal);
            gateway.Town.Away.Clear();
        }
        gateway.Town.Away["notifier"] = true;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin")).StatusCode);
        Assert.Contains("går inte att läsa just nu", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/skriv")]
    [InlineData("/mottagare")]
    [InlineData("/mottagare?handler=Csv")]
    public async Task another_organisations_alert_is_not_there(string page)
    {
        var browser = await SignedInAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/admin/varningar/{Guid.CreateVersion7()}{page}")).StatusCode);
        Assert.Contains("Sidan finns inte", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_role_without_the_right_is_told_so()
    {
        var (sending, waiting) = (gateway.Town.Alerts.Put("sending"), gateway.Town.Alerts.Put("submitted"));
        var reader = await SignedInAsync(Roles.Reader);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/admin/varningar/ny")).StatusCode);
        Assert.Contains("Din roll i organisationen räcker inte till.", reader.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync($"/admin/varningar/{waiting}/skriv")).StatusCode);
        await reader.GetAsync($"/admin/varningar/{sending}");
        Assert.DoesNotContain("Stoppa varningen", reader.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendFormAsync($"/admin/varningar/{sending}?handler=Cancel", [])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendFormAsync($"/admin/varningar/{waiting}?handler=Approve", new() { ["Version"] = "3", ["Recipients"] = "4218" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendFormAsync($"/admin/varningar/{sending}?handler=Correct", [])).StatusCode);
        Assert.Empty(gateway.Town.Alerts.Done);
    }

    [Theory]
    [InlineData("/admin/varningar")]
    [InlineData("/admin/varningar/ny")]
    [InlineData("/admin/varningar/019ab000-0000-7000-8000-00000000aaaa")]
    [InlineData("/admin/varningar/019ab000-0000-7000-8000-00000000aaaa/mottagare")]
    public async Task strangers_are_asked_to_sign_in(string path) =>
        Assert.StartsWith("/admin/logga-in", OperatorTests.PathOf(await gateway.NewBrowser().GetAsync(path)), StringComparison.Ordinal);

    [Fact]
    public async Task a_form_from_another_organisation_or_another_site_saves_nothing()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/varningar/ny");
        var form = AlertPageTests.Form();
        form["Writing"] = "pitea";
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendFormAsync("/admin/varningar/ny?handler=Save", form)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("/admin/varningar/ny?handler=Save", AlertPageTests.Form(), withToken: false)).StatusCode);
        browser.Headers["Sec-Fetch-Site"] = "cross-site";
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendFormAsync("/admin/varningar/ny?handler=Save", AlertPageTests.Form())).StatusCode);
        Assert.Empty(gateway.Town.Alerts.Ids);
    }

    private Task<Browser> SignedInAsync(string role = Roles.Sender)
    {
        gateway.Town.Identity.Operators.Role = role;
        return OperatorTests.SignedInAsync(gateway);
    }
}
