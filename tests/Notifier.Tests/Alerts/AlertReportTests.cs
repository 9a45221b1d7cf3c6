using System.Net;
using System.Text.Json;
using Ums.Notifier.Alerts;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Tests.Alerts;

public class AlertReportTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    [Fact]
    public async Task it_tells_by_provider_by_hour_by_reason_and_over_time_and_what_it_cost()
    {
        var people = AlertFixture.People(6);
        notifier.First.Answers(people[4].Phone, new ProviderAnswer.NotSent("invalid-number", Again: false));
        notifier.First.Answers(people[5].Phone, new ProviderAnswer.NotSent("too-many", Again: true));
        // Two parts each, with the code.
        var id = await notifier.SendingToAsync(people, AlertFixture.Draft(sms: new string('a', 150)));
        await notifier.CountsBecomeAsync(id, counts => counts is { Accepted: 5, Failed: 1 });
        foreach (var person in people[..3])
            await notifier.ReceiptAsync(notifier.Sent([person])[0], "Delivered");
        await notifier.ReceiptAsync(notifier.Sent(people[3..4])[0], "Failed");
        await notifier.ReceiptAsync(notifier.Sent(people[5..])[^1], "Delivered");
        await notifier.AlertBecomesAsync(id, "completed");

        var report = await ReportAsync(id);

        var lines = report.GetProperty("byProvider").EnumerateArray().ToList();
        Assert.Equal(7, lines.Sum(line => line.GetProperty("attempts").GetInt32()));
        Assert.Equal((4, 1, 2), (Sum("delivered"), Sum("failed"), Sum("refused")));
        Assert.All(lines, line => Assert.Equal((line.GetProperty("attempts").GetInt32() - line.GetProperty("refused").GetInt32()) * 2 * 0.50m, line.GetProperty("cost").GetDecimal()));
        Assert.Equal(5.00m, report.GetProperty("cost").GetDecimal());
        var reasons = report.GetProperty("byReason").EnumerateArray().ToList();
        Assert.Equal(2, reasons.Sum(line => line.GetProperty("recipients").GetInt32()));
        Assert.Contains(reasons, line => line.GetProperty("reason").GetString() == "invalid-number" && line.GetProperty("state").GetString() == "failed");
        Assert.Equal((4, 2), (report.GetProperty("byHour").EnumerateArray().Sum(hour => hour.GetProperty("delivered").GetInt32()), report.GetProperty("byHour").EnumerateArray().Sum(hour => hour.GetProperty("failed").GetInt32())));
        var curve = report.GetProperty("curve").EnumerateArray().ToList();
        Assert.Equal((4, 2), (curve[^1].GetProperty("delivered").GetInt32(), curve[^1].GetProperty("failed").GetInt32()));
        Assert.Equal(curve.Select(point => point.GetProperty("at").GetDateTimeOffset()).Order(), curve.Select(point => point.GetProperty("at").GetDateTimeOffset()));

        int Sum(string what) => lines.Sum(line => line.GetProperty(what).GetInt32());
    }

    [Fact]
    public async Task after_retention_what_it_came_to_over_time_is_left()
    {
        var people = AlertFixture.People(2);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 2);
        foreach (var message in notifier.Sent(people))
            await notifier.ReceiptAsync(message, "Delivered");
        await notifier.AlertBecomesAsync(id, "completed");
        foreach (var table in new[] { "alert_attempts", "alert_recipients", "alert_slices" })
            await notifier.ExecuteAsync($"delete from {table} where alert_id = $1", id);
        await notifier.ExecuteAsync("update alerts set content = null where id = $1", id);

        var report = await ReportAsync(id);

        Assert.Equal((0, 0), (report.GetProperty("byProvider").GetArrayLength(), report.GetProperty("byReason").GetArrayLength()));
        Assert.Equal(2, report.GetProperty("curve").EnumerateArray().Last().GetProperty("delivered").GetInt32());
    }

    [Fact]
    public async Task a_draft_has_an_empty_report_and_another_organisations_alert_none()
    {
        var id = await notifier.WriteAsync();
        Assert.Equal(0, (await ReportAsync(id)).GetProperty("curve").GetArrayLength());
        var stranger = notifier.Tokens.Client("stranger", "alert.read", "notifier", Guid.CreateVersion7());
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(stranger, HttpMethod.Get, $"/api/alerts/{id}/report")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(notifier.Writer, HttpMethod.Get, "/api/alerts/all/report")).Status);
    }

    [Fact]
    public void an_hour_is_what_it_added_and_a_long_curve_keeps_its_ends()
    {
        var start = new DateTimeOffset(2026, 11, 26, 8, 59, 58, TimeSpan.Zero);
        ReportAlert.Point[] progress = [.. Enumerable.Range(0, 10_000).Select(i => new ReportAlert.Point(start.AddSeconds(i), i, i / 2, i / 100))];

        var hours = ReportAlert.ByHour(progress);
        Assert.Equal([8, 9, 10, 11], hours.Select(hour => hour.Hour.Hour));
        Assert.Equal((1, 3600, 9999), (hours[0].HandedOver, hours[1].HandedOver, hours.Sum(hour => hour.HandedOver)));

        var thinned = ReportAlert.Thinned(progress);
        Assert.InRange(thinned.Count, 100, 125);
        Assert.Equal((progress[0], progress[^1]), (thinned[0], thinned[^1]));
        Assert.Equal(progress[..3], ReportAlert.Thinned(progress[..3]));
        Assert.Empty(ReportAlert.Thinned([]));
    }

    private Task<JsonElement> ReportAsync(Guid id) => notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}/report");
}
