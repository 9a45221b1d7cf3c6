using System.Net;
using Ums.Gateway.Tests.Doubles;
using Ums.ServiceDefaults.Tokens;
using Xunit;

namespace Ums.Gateway.Tests;

/// <summary>Templates are written, changed, removed and used on the pages, without script.</summary>
public sealed class TemplatePageTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture gateway;

    public TemplatePageTests(GatewayFixture gateway)
    {
        this.gateway = gateway;
        gateway.Town.Reset();
        var operators = gateway.Town.Identity.Operators;
        (operators.Staff, operators.Stale, operators.TokenSeconds, operators.Role) = (false, false, 600, Roles.Sender);
    }

    private TemplatesDouble Templates => gateway.Town.Templates;

    [Fact]
    public async Task a_template_is_written_listed_changed_and_removed()
    {
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/mallar");
        Assert.Contains("Inga mallar har skrivits än.", browser.Page, StringComparison.Ordinal);
        await browser.GetAsync("/admin/mallar/ny");
        Assert.Equal("/admin/mallar", OperatorTests.PathOf(await browser.SendFormAsync("/admin/mallar/ny", Form("Vattenläcka <b>"))));
        var raw = await (await browser.GetAsync("/admin/mallar")).Content.ReadAsStringAsync();
        Assert.Contains("Mallen är sparad.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Vattenläcka &lt;b&gt;", raw, StringComparison.Ordinal);
        var saved = Assert.Single(Templates.All);
        var id = (Guid)saved["id"]!;
        Assert.Equal(("Vattnet är avstängt.", 90, "sms"), ((string)saved["texts"]!["sms"]!, (int)saved["validForMinutes"]!, (string)saved["mode"]!));

        await browser.GetAsync($"/admin/mallar/{id}");
        Assert.Contains("value=\"1.5\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal("/admin/mallar", OperatorTests.PathOf(await browser.SendFormAsync($"/admin/mallar/{id}", Form("Läcka", version: 1))));
        Assert.Equal("Läcka", (string)Assert.Single(Templates.All)["name"]!);

        await browser.GetAsync("/admin/mallar");
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal("/admin/mallar", OperatorTests.PathOf(await browser.SendFormAsync("/admin/mallar?handler=Remove", new() { ["id"] = $"{id}", ["version"] = "2" })));
        Assert.Empty(Templates.All);
    }

    [Fact]
    public async Task an_alert_begins_with_a_template_and_a_template_with_an_alert()
    {
        var (browser, id) = (await SignedInAsync(), Templates.Put("Läcka"));
        await browser.GetAsync("/admin/varningar/ny");
        Assert.Contains("Börja med en mall", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Vattnet är avstängt på [gata].", browser.Page, StringComparison.Ordinal);

        await browser.GetAsync($"/admin/varningar/ny?mall={id}");
        Assert.Contains("Vattnet är avstängt på [gata].", browser.Page, StringComparison.Ordinal);
        Assert.Contains("The water is off.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Läcka\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"1.5\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"0180\"", browser.Page, StringComparison.Ordinal);
        foreach (var strange in new[] { $"{Guid.CreateVersion7()}", "nonsense", "" })
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/admin/varningar/ny?mall={strange}")).StatusCode);

        var alert = gateway.Town.Alerts.Put("completed");
        await browser.GetAsync($"/admin/mallar/ny?varning={alert}");
        Assert.Contains("Vattnet är avstängt.", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/admin/mallar/ny?varning={Guid.CreateVersion7()}")).StatusCode);
    }

    [Fact]
    public async Task with_notifier_away_an_alert_can_still_be_begun()
    {
        var browser = await SignedInAsync();
        gateway.Town.Away["notifier"] = true;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/varningar/ny")).StatusCode);
        Assert.DoesNotContain("Börja med en mall", browser.Page, StringComparison.Ordinal);
        gateway.Town.Away.Clear();
    }

    [Fact]
    public async Task what_another_changed_meanwhile_is_not_lost()
    {
        var (browser, id) = (await SignedInAsync(), Templates.Put("Läcka"));
        await browser.GetAsync($"/admin/mallar/{id}");
        Templates.ChangeByAnother(id);
        using var refused = await browser.SendFormAsync($"/admin/mallar/{id}", Form("Läcka", version: 1, sms: "Min text."));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Min text.", browser.Page, StringComparison.Ordinal);
        Assert.Contains("name=\"Version\" value=\"2\"", browser.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SendFormAsync("/admin/mallar?handler=Remove", new() { ["id"] = $"{id}", ["version"] = "1" })).StatusCode);
        Assert.Equal("Vattnet är avstängt på [gata].", (string)Assert.Single(Templates.All)["texts"]!["sms"]!);
    }

    [Theory]
    [InlineData("", "Text.", "6", "Skriv vad mallen heter.")]
    [InlineData("Läcka", "Text.", "6", "Det finns redan en mall med det namnet.")]
    [InlineData("Ny", "", "6", "Skriv vad sms:et ska säga.")]
    [InlineData("Ny", "Text.", "alltid", "Mellan tio minuter och 24 timmar.")]
    [InlineData("Ny", "Text.", "-1", "Mellan tio minuter och 24 timmar.")]
    public async Task what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(string name, string sms, string valid, string sentence)
    {
        Templates.Put("Läcka");
        var browser = await SignedInAsync();
        await browser.GetAsync("/admin/mallar/ny");
        using var refused = await browser.SendFormAsync("/admin/mallar/ny", Form(name, sms: sms, valid: valid));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(sentence, browser.Page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{valid}\"", browser.Page, StringComparison.Ordinal);
        Assert.Single(Templates.All);
    }

    [Fact]
    public async Task who_only_reads_sees_templates_and_changes_none()
    {
        var id = Templates.Put("Läcka");
        var reader = await SignedInAsync(Roles.Reader);
        await reader.GetAsync("/admin/mallar");
        Assert.Contains("Läcka", reader.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ta bort", reader.Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync($"/admin/mallar/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.SendFormAsync("/admin/mallar?handler=Remove", new() { ["id"] = $"{id}", ["version"] = "1" })).StatusCode);
        Assert.StartsWith("/admin/logga-in", OperatorTests.PathOf(await gateway.NewBrowser().GetAsync("/admin/mallar")), StringComparison.Ordinal);
        Assert.Single(Templates.All);
    }

    private static Dictionary<string, string> Form(string name, int version = 0, string sms = "Vattnet är avstängt.", string valid = "1,5") => new()
    {
        ["Version"] = $"{version}", ["Writing"] = "stockholm", ["Typed.Title"] = name, ["Typed.Category"] = "water", ["Typed.Sms"] = sms, ["Typed.Mode"] = "sms", ["Typed.Valid"] = valid,
    };

    private Task<Browser> SignedInAsync(string role = Roles.Sender)
    {
        gateway.Town.Identity.Operators.Role = role;
        return OperatorTests.SignedInAsync(gateway);
    }
}
