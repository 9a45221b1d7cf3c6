using CsCheck;
using Npgsql;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Tests.Alerts;

namespace Ums.Notifier.Tests.Dispatch;

public class RecipientViewTests(AlertFixture notifier) : IClassFixture<AlertFixture>
{
    private const int Count = 1500;

    [Fact]
    public async Task a_recipients_state_is_the_same_in_sql_whatever_has_happened()
    {
        var alert = await notifier.WriteAsync();
        var recipients = new List<Recipient>();
        Histories.Any.Sample(history =>
        {
            var recipient = Histories.New(history.Voice ? Channel.Voice : Channel.Sms, alert, slice: -1 - recipients.Count);
            history.Steps.ToList().ForEach(step => step.Apply(recipient, history.Options, TimeSpan.FromMinutes(1)));
            recipients.Add(recipient);
        }, iter: Count, threads: 1);
        await WriteAsync(alert, recipients);

        await using var connection = new NpgsqlConnection(notifier.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select slice_id, state, acknowledged_at is not null from alert_recipient_states where alert_id = $1", connection) { Parameters = { new() { Value = alert } } };
        await using var reader = await command.ExecuteReaderAsync();
        var bySlice = recipients.ToDictionary(recipient => recipient.Last.Slice);
        var seen = 0;
        while (await reader.ReadAsync())
        {
            var recipient = bySlice[reader.GetInt64(0)];
            var history = string.Join(", ", recipient.Attempts.Select(attempt => $"{attempt.State} {attempt.Next}"));
            Assert.True(string.Equals(recipient.State.ToString(), reader.GetString(1), StringComparison.OrdinalIgnoreCase), $"{recipient.State}, and {reader.GetString(1)} in SQL: {history}");
            seen++;
        }
        Assert.Equal(recipients.Count, seen);
        Assert.True(recipients.Select(recipient => recipient.State).Distinct().Count() >= 7, "The histories are too much alike.");
    }

    private async Task WriteAsync(Guid alert, List<Recipient> recipients)
    {
        await using var connection = new NpgsqlConnection(notifier.ConnectionString);
        await connection.OpenAsync();
        await using (var slices = await connection.BeginBinaryImportAsync("copy alert_slices (id, organisation_id, alert_id, ordinal, channel, count, state) from stdin binary"))
        {
            foreach (var recipient in recipients)
                await slices.WriteRowAsync(default, recipient.Last.Slice, NotifierFixture.Organisation, alert, 0, "sms", 1, "claimed");
            await slices.CompleteAsync();
        }
        await using (var people = await connection.BeginBinaryImportAsync("copy alert_recipients (slice_id, n, organisation_id, alert_id, phone, mobile) from stdin binary"))
        {
            foreach (var recipient in recipients)
                await people.WriteRowAsync(default, recipient.Last.Slice, (short)0, NotifierFixture.Organisation, alert, Array.Empty<byte>(), true);
            await people.CompleteAsync();
        }
        await using var attempts = await connection.BeginBinaryImportAsync(
            "copy alert_attempts (id, organisation_id, alert_id, slice_id, n, number, rounds, channel, provider, state, next_at, created_at) from stdin binary");
        foreach (var attempt in recipients.SelectMany(recipient => recipient.Attempts))
        {
            await attempts.WriteRowAsync(default, attempt.Id, NotifierFixture.Organisation, alert, attempt.Slice, (short)0, (short)attempt.Facts.Number, (short)attempt.Facts.Rounds,
                attempt.Facts.Channel.Word(), attempt.Provider, attempt.State.Word(), attempt.Next is null ? DBNull.Value : DateTime.UtcNow.AddHours(1), DateTime.UtcNow);
        }
        await attempts.CompleteAsync();
    }
}
