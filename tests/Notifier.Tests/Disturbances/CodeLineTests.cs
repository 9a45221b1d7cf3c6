using System.Net;
using Ums.Notifier.Alerts;
using Ums.Notifier.Tests.Alerts;

namespace Ums.Notifier.Tests.Disturbances;

/// <summary>Whether and how the code stands in the SMS, and that it is counted and shown before anybody sends it.</summary>
public class CodeLineTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Fact]
    public void codes_do_not_repeat_spell_words_or_hold_what_is_misread()
    {
        var codes = Enumerable.Range(0, 20_000).Select(_ => AlertCode.New()).ToList();
        Assert.InRange(codes.Distinct().Count(), codes.Count - 1, codes.Count);
        Assert.All(codes, code => Assert.Equal(code, AlertCode.Read(code)));
        Assert.DoesNotContain(codes, code => code.IndexOfAny([.. "AEIOUYL018"]) >= 0);
    }

    [Theory]
    [InlineData(CodeStyle.None, null, null)]
    [InlineData(CodeStyle.Place, null, "Äkta? Skriv BCDFGHJ i vår portal.")]
    [InlineData(CodeStyle.Place, "på pitea.se/koll", "Äkta? Skriv BCDFGHJ på pitea.se/koll.")]
    [InlineData(CodeStyle.Link, "på pitea.se/koll", "Äkta? https://www.servicevarning.se/v/BCDFGHJ")]
    public void the_line_is_as_the_organisation_has_it(CodeStyle style, string? place, string? line) =>
        Assert.Equal(line, AlertCode.Line("BCDFGHJ", new AlertSettings { CodeStyle = style, CodePlace = place }, "https://www.servicevarning.se/"));

    [Fact]
    public async Task the_line_counts_in_the_preview_and_in_the_estimate_and_what_was_submitted_is_sent()
    {
        var organisation = Guid.CreateVersion7();
        var (writer, approver) = (notifier.Tokens.Client("writer", "alert.read alert.write", "notifier", organisation), notifier.Tokens.Client("approver", "alert.read alert.approve", "notifier", organisation));
        var text = new string('a', 140);
        var id = (await notifier.DoneAsync(writer, HttpMethod.Post, "/api/alerts", AlertFixture.Draft(sms: text))).GetProperty("id").GetGuid();
        notifier.Count = () => AlertFixture.Counted(10, 0);

        var preview = await PreviewAsync(new { texts = new { sms = text }, alert = (Guid?)id });
        var code = (await notifier.DoneAsync(writer, HttpMethod.Get, $"/api/alerts/{id}")).GetProperty("alert").GetProperty("code").GetString()!;
        Assert.Equal($"{text}\nÄkta? Skriv {code} i vår portal.", preview.GetProperty("text").GetString());
        Assert.Equal(2, preview.GetProperty("sms").GetProperty("parts").GetArrayLength());
        Assert.Equal(2, (await notifier.DoneAsync(writer, HttpMethod.Post, $"/api/alerts/{id}/estimate")).GetProperty("parts").GetInt32());
        Assert.Equal("Äkta? Skriv ------- i vår portal.", (await PreviewAsync(new { })).GetProperty("codeLine").GetString());

        await notifier.DoneAsync(approver, HttpMethod.Put, "/api/alerts/settings", Settings(0, "none"));
        Assert.Equal(text, (await PreviewAsync(new { texts = new { sms = text } })).GetProperty("text").GetString());
        var submitted = await notifier.DoneAsync(writer, HttpMethod.Post, $"/api/alerts/{id}/submit");
        Assert.Equal(10 * 0.50m, submitted.GetProperty("cost").GetDecimal());

        // What the approver reads is what leaves, whatever is decided meanwhile.
        await notifier.DoneAsync(approver, HttpMethod.Put, "/api/alerts/settings", Settings(1, "link"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, submitted.GetProperty("codeLine").ValueKind);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await notifier.DoneAsync(writer, HttpMethod.Get, $"/api/alerts/{id}")).GetProperty("alert").GetProperty("codeLine").ValueKind);

        async Task<System.Text.Json.JsonElement> PreviewAsync(object body) => await notifier.DoneAsync(writer, HttpMethod.Post, "/api/alerts/preview", body);
    }

    [Theory]
    [InlineData("sms", 4001)]
    [InlineData("smsEnglish", 4001)]
    public async Task a_preview_has_an_end(string field, int length)
    {
        var texts = new Dictionary<string, string> { ["sms"] = "a", [field] = new('a', length) };
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, "/api/alerts/preview", new { texts })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, "/api/alerts/preview")).Status);
    }

    [Theory]
    [InlineData("always", null)]
    [InlineData("place", "på vår sida → koll")]
    [InlineData("place", "på\nvår sida")]
    [InlineData("place", "på en sida vars namn är längre än vad som får plats i ett sms bredvid allt annat")]
    public async Task a_bad_line_is_refused_and_nothing_is_kept(string style, string? place)
    {
        var approver = notifier.Tokens.Client("approver", "alert.read alert.approve", "notifier", Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.BadRequest, (await notifier.SendAsync(approver, HttpMethod.Put, "/api/alerts/settings", Settings(0, style, place))).Status);
        Assert.Equal(0, (await notifier.DoneAsync(approver, HttpMethod.Get, "/api/alerts/settings")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task who_changes_other_settings_without_a_word_of_the_code_leaves_it_as_it_is()
    {
        var approver = notifier.Tokens.Client("approver", "alert.read alert.approve", "notifier", Guid.CreateVersion7());
        await notifier.DoneAsync(approver, HttpMethod.Put, "/api/alerts/settings", Settings(0, "place", " på pitea.se/koll "));
        await notifier.DoneAsync(approver, HttpMethod.Put, "/api/alerts/settings", new { quietFrom = "00:00", quietTo = "00:00", textDays = 10, recipientDays = 10, version = 1 });
        var kept = await notifier.DoneAsync(approver, HttpMethod.Get, "/api/alerts/settings");
        Assert.Equal(("place", "på pitea.se/koll"), (kept.GetProperty("codeStyle").GetString(), kept.GetProperty("codePlace").GetString()));
    }

    private static object Settings(int version, string codeStyle, string? codePlace = null) =>
        new { quietFrom = "00:00", quietTo = "00:00", textDays = 10, recipientDays = 10, version, codeStyle, codePlace };
}
