using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ums.Notifier.Alerts;
using Ums.Notifier.Tests.Alerts;

namespace Ums.Notifier.Tests.Disturbances;

public class ExplainAlertTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private static readonly object Street = new { streets = new object[] { new { municipalityCode = "2581", street = "Storgatan", from = 3, to = 3 }, new { municipalityCode = "2581", street = "Storgatan", from = 9, to = 11 } } };

    [Fact]
    public async Task the_code_in_the_message_leads_to_what_the_message_said_and_who_sent_it()
    {
        var people = AlertFixture.People(3);
        var id = await notifier.SendingToAsync(people, AlertFixture.Draft(audience: Street));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 3);
        var texts = notifier.Sent(people).Select(message => message.Text).Distinct().ToList();
        var code = (await notifier.AlertAsync(id)).GetProperty("code").GetString()!;
        Assert.Equal($"Vattnet stängs av idag kl 10-12.\nÄkta? Skriv {code} i vår portal.", Assert.Single(texts));

        var (status, found) = await ExplainAsync(code);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("Piteå kommun", "Pitea", "+46846500400"), (Text(found, "organisation"), Text(found, "smsName"), Text(found, "callerId")));
        var alert = found.GetProperty("alert");
        Assert.Equal(("current", "water", texts[0], false), (Text(alert, "state"), Text(alert, "category"), Text(alert, "text"), alert.GetProperty("test").GetBoolean()));
        Assert.Equal("""["Storgatan"]""", alert.GetProperty("area").GetProperty("streets").GetRawText());
        Assert.Equal(NotifierFixture.Organisation, found.GetProperty("organisationId").GetGuid());
        Assert.All(people, person => Assert.DoesNotContain(person.Phone[3..], found.GetRawText(), StringComparison.Ordinal));
        foreach (var typed in new[] { code.ToLowerInvariant(), $" {code[..3]}-{code[3..]} ", string.Join(' ', code.AsEnumerable()) })
            Assert.Equal(HttpStatusCode.OK, (await ExplainAsync(typed)).Status);
    }

    [Theory]
    [InlineData("BCDFGHJ")]
    [InlineData("AEIOUYL")]
    [InlineData("BCD")]
    [InlineData("BCDFGHJK")]
    [InlineData("' or 1=1 --")]
    [InlineData("%00BCDFGH")]
    [InlineData("ＢＣＤＦＧＨＪ")]
    [InlineData("-------")]
    public async Task what_is_no_code_is_not_found(string typed) => Assert.Equal(HttpStatusCode.NotFound, (await ExplainAsync(typed)).Status);

    [Fact]
    public async Task what_has_not_been_sent_is_not_found()
    {
        var draft = (await notifier.AlertAsync(await notifier.WriteAsync())).GetProperty("code").GetString()!;
        var later = await notifier.ApprovedAsync(AlertFixture.Draft(sendAt: DateTimeOffset.UtcNow.AddDays(1)));
        Assert.Equal(HttpStatusCode.NotFound, (await ExplainAsync(draft)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ExplainAsync((await notifier.AlertAsync(later)).GetProperty("code").GetString()!)).Status);
    }

    [Fact]
    public async Task a_test_a_stopped_and_a_corrected_alert_say_so()
    {
        var source = await notifier.WriteAsync();
        var test = await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{source}/test", new { phones = new[] { "070-174 06 05" } });
        var tested = (await ExplainAsync(Text(test, "code"))).Body.GetProperty("alert");
        Assert.True(tested.GetProperty("test").GetBoolean());
        Assert.StartsWith(AlertWords.TestSms, Text(tested, "text"), StringComparison.Ordinal);

        var people = AlertFixture.People(2);
        var stopped = await notifier.SendingToAsync(people, AlertFixture.Draft(audience: Street));
        await notifier.CountsBecomeAsync(stopped, counts => counts.Accepted == 2);
        await notifier.DoneAsync(notifier.Approver, HttpMethod.Post, $"/api/alerts/{stopped}/cancel");
        var code = (await notifier.AlertAsync(stopped)).GetProperty("code").GetString()!;
        Assert.Equal("cancelled", Text((await ExplainAsync(code)).Body.GetProperty("alert"), "state"));

        var correction = (await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{stopped}/correction", new { sms = "Falskt alarm." })).GetProperty("id").GetGuid();
        Assert.Equal("cancelled", Text((await ExplainAsync(code)).Body.GetProperty("alert"), "state"));
        await notifier.ApproveAsync(correction, await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{correction}/submit"));

        var corrected = (await ExplainAsync(code)).Body.GetProperty("alert");
        Assert.Equal("corrected", Text(corrected, "state"));
        Assert.StartsWith("Falskt alarm.", Text(corrected.GetProperty("correctedBy"), "text"), StringComparison.Ordinal);
        var itself = (await ExplainAsync((await notifier.AlertAsync(correction)).GetProperty("code").GetString()!)).Body.GetProperty("alert");
        Assert.True(itself.GetProperty("correction").GetBoolean());
        Assert.Equal("""["Storgatan"]""", itself.GetProperty("area").GetProperty("streets").GetRawText());
    }

    [Fact]
    public async Task after_retention_it_tells_only_that_there_was_one()
    {
        var people = AlertFixture.People(1);
        var id = await notifier.SendingToAsync(people, AlertFixture.Draft(validForMinutes: 10));
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 1);
        await notifier.ReceiptAsync(notifier.Sent(people)[0], "Delivered");
        await notifier.AlertBecomesAsync(id, "completed");
        var code = (await notifier.AlertAsync(id)).GetProperty("code").GetString()!;
        await using (var scope = notifier.Services.CreateAsyncScope())
            await ForgetAlerts.CleanAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), new AlertDefaults(), DateTimeOffset.UtcNow.AddYears(2), CancellationToken.None);

        var alert = (await ExplainAsync(code)).Body.GetProperty("alert");

        Assert.Equal("forgotten", Text(alert, "state"));
        Assert.All(new[] { "text", "spoken", "area", "category", "correctedBy" }, field => Assert.Equal(JsonValueKind.Null, alert.GetProperty(field).ValueKind));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<(HttpStatusCode Status, JsonElement Body)> ExplainAsync(string code)
    {
        using var answer = await notifier.Client.GetAsync(new Uri($"/api/alert-codes/{Uri.EscapeDataString(code)}", UriKind.Relative));
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()));
    }
}
