using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Notifier.Alerts;

namespace Ums.Notifier.Tests.Alerts;

public class RetentionTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private static readonly string[] Tables = ["alerts", "alert_history", "alert_batches", "alert_slices", "alert_recipients", "alert_attempts", "alert_claims", "alert_references", "alert_tallies", "alert_settings", "alert_progress"];

    [Fact]
    public async Task recipients_go_and_then_the_texts_when_the_organisations_time_is_over_and_the_counts_stay()
    {
        var settings = await notifier.DoneAsync(notifier.Approver, HttpMethod.Get, "/api/alerts/settings");
        await notifier.DoneAsync(notifier.Approver, HttpMethod.Put, "/api/alerts/settings", new { quietFrom = "00:00", quietTo = "00:00", textDays = 20, recipientDays = 10, version = settings.GetProperty("version").GetInt32() });
        var people = AlertFixture.People(200);
        var id = await notifier.ApprovedAsync(AlertFixture.Draft(audience: new { phones = people.Take(3).Select(person => person.Phone) }), 200);
        await notifier.AnswerAsync(id, people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 200);
        await Parallel.ForEachAsync(notifier.Sent(people), async (message, _) => await notifier.ReceiptAsync(message, "Delivered"));
        await notifier.AlertBecomesAsync(id, "completed");
        var ended = (await notifier.AlertAsync(id)).GetProperty("endedAt").GetDateTimeOffset();
        var counts = await notifier.CountsAsync(id);

        await CleanAsync(ended.AddDays(9.99));
        Assert.Equal(200, await RowsAsync("alert_recipients", id));

        await CleanAsync(ended.AddDays(10.01));
        Assert.Equal(0, await RowsAsync("alert_recipients", id) + await RowsAsync("alert_attempts", id) + await RowsAsync("alert_slices", id));
        var detail = await notifier.DoneAsync(notifier.Writer, HttpMethod.Get, $"/api/alerts/{id}");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Object), (detail.GetProperty("audience").ValueKind, detail.GetProperty("alert").GetProperty("texts").ValueKind));
        Assert.Equal(HttpStatusCode.Conflict, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/correction", new { sms = "Nej." })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/estimate")).Status);

        await CleanAsync(ended.AddDays(20.01));
        var alert = await notifier.AlertAsync(id);
        Assert.Equal((JsonValueKind.Null, "", counts), (alert.GetProperty("texts").ValueKind, alert.GetProperty("title").GetString(), AlertFixture.CountsOf(alert)));
        Assert.Equal(0, await notifier.QueryAsync<long>("select count(*) from alert_history where alert_id = $1 and before is not null", id));
        Assert.NotEqual(0, await notifier.QueryAsync<long>("select count(*) from alert_history where alert_id = $1", id));
        Assert.Equal(HttpStatusCode.NotFound, (await notifier.SendAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{id}/test", new { phones = new[] { "070-174 06 05" } })).Status);
    }

    [Fact]
    public async Task the_list_of_an_alert_that_reached_nobody_goes_too_and_a_draft_stays()
    {
        var list = new { phones = new[] { "+46701740605" } };
        var cancelled = await notifier.ApprovedAsync(AlertFixture.Draft(audience: list, sendAt: DateTimeOffset.UtcNow.AddDays(1)));
        await notifier.DoneAsync(notifier.Writer, HttpMethod.Post, $"/api/alerts/{cancelled}/cancel");
        var draft = await notifier.WriteAsync(AlertFixture.Draft(audience: list));

        await CleanAsync(DateTimeOffset.UtcNow.AddYears(2));

        Assert.True(await notifier.QueryAsync<bool>("select audience is null and content is null from alerts where id = $1", cancelled));
        Assert.True(await notifier.QueryAsync<bool>("select audience is not null and content is not null from alerts where id = $1", draft));
    }

    [Fact]
    public async Task without_a_tenant_nothing_is_to_be_read_and_with_another_one_neither()
    {
        await notifier.DoneAsync(notifier.Approver, HttpMethod.Get, "/api/alerts/settings");
        var people = AlertFixture.People(3);
        var id = await notifier.SendingToAsync(people);
        await notifier.CountsBecomeAsync(id, counts => counts.Accepted == 3);
        await notifier.ExecuteAsync("insert into alert_claims (id, organisation_id, alert_id, attempts, deadline) values (gen_random_uuid(), $1, $2, '{}', now() + interval '1 day')", NotifierFixture.Organisation, id);
        await notifier.ExecuteAsync("insert into alert_references select 'smpp', id::text, id, organisation_id, alert_id from alert_attempts where alert_id = $1", id);
        await notifier.ExecuteAsync("insert into alert_progress values ($1, now() - interval '1 hour', $2, 1, 0, 0)", id, NotifierFixture.Organisation);
        await notifier.ExecuteAsync("insert into alert_settings values ($1, '00:00', '00:00', 10, 10) on conflict do nothing", NotifierFixture.Organisation);
        await using var connection = await notifier.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        foreach (var table in Tables.Concat(["alert_recipient_states", "alert_reached"]))
        {
            Assert.True(await CountAsync(NotifierFixture.Organisation.ToString()) > 0, table);
            Assert.Equal(0, await CountAsync(""));
            Assert.Equal(0, await CountAsync(Guid.CreateVersion7().ToString()));

            async Task<long> CountAsync(string tenant)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await using var command = new NpgsqlCommand($"select set_config('ums.organisation', '{tenant}', true); select count(*) from {table}", connection, transaction);
                await using var reader = await command.ExecuteReaderAsync();
                await reader.NextResultAsync();
                await reader.ReadAsync();
                return reader.GetInt64(0);
            }
        }
        Assert.Equal(Tables.Order(), (await notifier.QueryAsync<string[]>("select array_agg(tablename::text) from pg_tables where tablename like 'alert%'"))!.Order());
    }

    private Task<long> RowsAsync(string table, Guid id) => notifier.QueryAsync<long>($"select count(*) from {table} where alert_id = $1", id);

    private async Task CleanAsync(DateTimeOffset now)
    {
        await using var scope = notifier.Services.CreateAsyncScope();
        await ForgetAlerts.CleanAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), new AlertDefaults(), now, CancellationToken.None);
    }
}
