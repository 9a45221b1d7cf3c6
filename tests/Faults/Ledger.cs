using System.Buffers.Text;
using System.Globalization;
using Npgsql;
using RabbitMQ.Client;
using Ums.Testing.Alerts;

namespace Ums.Faults;

/// <summary>
/// The independent reader: holds the provider's books, the database and the broker against each other after an alert. It shares no code with what it checks.
/// </summary>
internal sealed class Ledger(FaultWorld world, Guid alert, int recipients, long before, Strike strike)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AfterCancel = TimeSpan.FromSeconds(2);

    private readonly List<string> broken = [];

    public int Lost { get; private set; }

    public int Twice { get; private set; }

    public int Resent { get; private set; }

    public async Task<IReadOnlyList<string>> CheckAsync()
    {
        var ledger = new List<LedgerLine>();
        await foreach (var line in world.Provider.ReadAsync())
        {
            if (line.N > before)
            {
                ledger.Add(line);
            }
        }
        await CountsAsync();
        await AttemptsAsync(ledger);
        People(ledger);
        await QuietAsync();
        Logs();
        return broken;
    }

    /// <summary>I1, I10: everyone in exactly one final state, and the numbers shown are the tables'.</summary>
    private async Task CountsAsync()
    {
        Resent = (int)await NumberAsync("select coalesce(sum(resent), 0) from alert_tallies where alert_id = $1");
        var tables = await TextAsync("select coalesce(string_agg(state || ' ' || n, ', ' order by state), '') from (select state, count(*) n from alert_recipient_states where alert_id = $1 group by state) x");
        var counts = await world.ShownAsync(alert);
        var shown = string.Join(", ", new[] { "accepted", "cancelled", "delivered", "expired", "failed", "sending", "unknown", "waiting" }
            .Select(state => (state, n: counts.GetProperty(state).GetInt32())).Where(pair => pair.n > 0).Select(pair => $"{pair.state} {pair.n}"));
        if (strike.CancelledAt is null && tables != shown)
        {
            broken.Add($"I10: shown are {shown}, the tables say {tables}");
        }
        var final = new[] { "delivered", "failed", "expired", "cancelled" }.Sum(state => counts.GetProperty(state).GetInt32());
        if (final != counts.GetProperty("recipients").GetInt32() || (strike.CancelledAt is null && final != recipients))
        {
            broken.Add($"I1: {final} of {recipients} are in a final state: {shown}");
        }
        var failed = counts.GetProperty("failed").GetInt32();
        if (strike.AllFail ? counts.GetProperty("delivered").GetInt32() == recipients : failed > 0)
        {
            broken.Add($"I1: {failed} failed");
        }
    }

    /// <summary>I2: what the provider has was written down before it got it.</summary>
    private async Task AttemptsAsync(List<LedgerLine> ledger)
    {
        var attempts = new Dictionary<Guid, DateTimeOffset>();
        await using var source = NpgsqlDataSource.Create(world.System.ConnectionString("notifierdb"));
        await using var command = source.CreateCommand("select id, created_at from alert_attempts where alert_id = $1");
        command.Parameters.Add(new() { Value = alert });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            attempts[reader.GetGuid(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }
        var unwritten = ledger.Count(line => !attempts.TryGetValue(AttemptOf(line), out var created) || created.ToUnixTimeMilliseconds() > line.At + 1);
        if (unwritten > 0)
        {
            broken.Add($"I2: {unwritten} messages went out without an attempt written before");
        }
        if (ledger.GroupBy(AttemptOf).Any(same => same.Count() > 1))
        {
            broken.Add("I2: one attempt was made twice");
        }
    }

    /// <summary>I3, I4, I9: nobody left out, nobody more than once beyond what was counted, nobody after the stop.</summary>
    private void People(List<LedgerLine> ledger)
    {
        var times = new int[recipients];
        foreach (var line in ledger)
        {
            if (Crowd.NumberOf(line.To) is not { } number || number >= recipients)
            {
                broken.Add($"I6: somebody outside the audience was sent to ({line.To})");
                return;
            }
            times[number]++;
        }
        Twice = times.Sum(n => Math.Max(0, n - 1));
        if (Twice > Resent || times.Any(n => n > 2))
        {
            broken.Add($"I3: {Twice} got it twice, {Resent} resends are counted, one person got it {times.Max()} times");
        }
        if (strike.CancelledAt is { } stopped)
        {
            var late = ledger.Count(line => line.At > (stopped + AfterCancel).ToUnixTimeMilliseconds());
            if (late > 0)
            {
                broken.Add($"I9: {late} went out more than {AfterCancel.TotalSeconds} s after the stop");
            }
            return;
        }
        Lost = times.Count(n => n == 0);
        if (Lost > 0)
        {
            broken.Add($"I4: {Lost} were not sent to");
        }
    }

    /// <summary>I7: outboxes run empty, nothing stays claimed, and in the error queues lies what was put there.</summary>
    private async Task QuietAsync()
    {
        foreach (var database in new[] { "identitydb", "contactsdb", "notifierdb" })
        {
            if (!await FaultWorld.UntilAsync(async () => Convert.ToInt64(await world.OneAsync(database, "select count(*) from outbox where created_at < now() - interval '10 seconds'"), null) == 0, Settling))
            {
                broken.Add($"I7: the outbox of {database} does not run empty");
            }
        }
        if (!await FaultWorld.UntilAsync(async () => await NumberAsync("select count(*) from alert_claims where alert_id = $1") == 0, Settling))
        {
            broken.Add("I7: claims are left");
        }
        var poison = 0L;
        await FaultWorld.UntilAsync(async () => (poison = await ErrorsAsync()) >= strike.Poison, TimeSpan.FromSeconds(30));
        if (poison != strike.Poison)
        {
            broken.Add($"I7: {strike.Poison} were poisoned, {poison} lie in the error queues");
        }
        world.ErrorsBefore += poison;
    }

    /// <summary>Those that came since the alert before.</summary>
    private async Task<long> ErrorsAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = world.Broker }.CreateConnectionAsync();
        var found = 0L;
        foreach (var queue in new[] { FaultWorld.AudienceQueue, "contacts-resolve-audience" }.SelectMany(queue => new[] { queue + "_error", queue + "_skipped", queue + "_dead" }))
        {
            await using var channel = await connection.CreateChannelAsync();
            try
            {
                found += await channel.MessageCountAsync(queue);
            }
            catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
            {
                // There is none of that name.
            }
        }
        return found - world.ErrorsBefore;
    }

    /// <summary>I14: no log has a number in it.</summary>
    private void Logs()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(world.System.StateDirectory, "logs")))
        {
            using var stream = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (stream.ReadLine() is { } line)
            {
                if (line.Contains("+46709", StringComparison.Ordinal) || line.Contains("Massgatan idag", StringComparison.Ordinal))
                {
                    broken.Add($"I14: {Path.GetFileName(file)} tells a number or a text");
                    return;
                }
            }
        }
    }

    private async Task<long> NumberAsync(string sql) => Convert.ToInt64(await world.OneAsync("notifierdb", sql.Replace("$1", $"'{alert}'", StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private async Task<string> TextAsync(string sql) => (string)(await world.OneAsync("notifierdb", sql.Replace("$1", $"'{alert}'", StringComparison.Ordinal)))!;

    /// <summary>The callback's last part begins with the attempt's id.</summary>
    private static Guid AttemptOf(LedgerLine line)
    {
        var token = line.Callback.Split('/')[^1];
        return new Guid(Base64Url.DecodeFromChars(token).AsSpan(0, 16));
    }
}
