using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Npgsql;
using Ums.Testing;

namespace Ums.Notifier.Tests.Messages;

/// <summary>A canary PIN and a canary number fly every way there is; afterwards they stand nowhere in clear.</summary>
public class SecretsTests(NotifierFixture notifier) : IClassFixture<NotifierFixture>
{
    // Ten digits, so that no identifier or sealed byte looks like it by chance.
    private const string Pin = "7391528460";
    private const string Phone = "+46701740698";

    [Fact]
    public async Task neither_pin_nor_number_stands_in_logs_traces_database_or_broker()
    {
        var traces = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traces.Enqueue(Everything(activity)),
        };
        ActivitySource.AddActivityListener(listener);
        var (sms, call, altered, late) = (notifier.Request(Phone, Pin), notifier.Request(Phone, Pin, "voice"), notifier.Request(Phone, Pin),
            notifier.Request(Phone, Pin, life: TimeSpan.FromSeconds(-1)));
        altered.Sealed[^1] ^= 1;

        await notifier.Bus.PublishAsync(sms);
        await notifier.Bus.PublishAsync(altered);
        await notifier.Bus.PublishAsync(late);
        using var one = await notifier.HandOverAsync(call);
        using var two = await notifier.HandOverAsync(altered);
        await notifier.BecomesAsync(sms.DeliveryId, "delivered");
        await notifier.BecomesAsync(call.DeliveryId, "delivered");
        await Eventually.TrueAsync(async () => await notifier.Bus.CountAsync("notifier-send-pin_error") == 1);

        var error = (await notifier.Bus.Channel.BasicGetAsync("notifier-send-pin_error", autoAck: true))!;
        var headers = string.Join('\n', error.BasicProperties.Headers!.Select(header => header.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{header.Value}"));
        AssertAbsent("the error queue", Encoding.UTF8.GetString(error.Body.Span) + headers);
        AssertAbsent("the bus", string.Join('\n', notifier.Bus.Captured.Select(message => message.Body + message.Headers)));
        AssertAbsent("the logs", notifier.Logs.Text);
        AssertAbsent("the traces", string.Join('\n', traces));
        AssertAbsent("the database", await DumpAsync());
        Assert.NotEmpty(traces);
    }

    private static void AssertAbsent(string where, string text)
    {
        foreach (var secret in new[] { Pin, "7, 3, 9, 1, 5, 2, 8", Phone, Phone[1..], "0701740698", "070-174 06 98" })
        {
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} stands in {where}.");
            Assert.False(text.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal), $"{secret} stands in {where}, in hexadecimal.");
        }
    }

    private static string Everything(Activity activity) =>
        $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))} {string.Join(' ', activity.Baggage)}";

    private async Task<string> DumpAsync()
    {
        await using var connection = new NpgsqlConnection(notifier.ConnectionString);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("select tablename from pg_tables where schemaname = 'public'", connection))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            await using var rows = new NpgsqlCommand($"select coalesce(string_agg(t::text, E'\\n'), '') from {table} t", connection);
            dump.AppendLine((string)(await rows.ExecuteScalarAsync())!);
        }
        Assert.Contains("delivered", dump.ToString(), StringComparison.Ordinal);
        return dump.ToString();
    }
}
