using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>Measures the outbox for gauges and health, and forgets inbox rows that are older than <see cref="OutboxOptions.InboxRetention"/>.</summary>
internal sealed class OutboxWatch : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenPurges = TimeSpan.FromHours(1);
    private readonly NpgsqlDataSource source;
    private readonly OutboxOptions options;
    private volatile Measure last = new(0, 0, 0);

    public OutboxWatch(NpgsqlDataSource source, OutboxOptions options, IMeterFactory meters)
    {
        (this.source, this.options) = (source, options);
        var meter = meters.Create(MessagingTelemetry.Name);
        meter.CreateObservableGauge("ums.outbox.oldest.age", () => last.OldestSeconds, "s", "Age of the oldest message that has not left.");
        meter.CreateObservableGauge("ums.outbox.depth", () => last.Depth, "{message}", "Messages that have not left; counted up to 100,000.");
        meter.CreateObservableGauge("ums.outbox.poison", () => last.Poison, "{message}", "Messages that cannot be read and lie in outbox_poison.");
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var now = await MeasureAsync(cancellationToken);
            var data = new Dictionary<string, object> { ["depth"] = now.Depth, ["oldestSeconds"] = Math.Round(now.OldestSeconds, 1), ["poison"] = now.Poison };
            return now.Poison > 0 ? HealthCheckResult.Degraded($"{now.Poison} messages cannot be read and lie in outbox_poison.", data: data)
                : now.OldestSeconds > options.LateAfter.TotalSeconds ? HealthCheckResult.Degraded("Messages do not leave: is the broker away, or a consumer not yet started?", data: data)
                : HealthCheckResult.Healthy(data: data);
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Degraded("The outbox cannot be read.", e);
        }
    }

    /// <returns>How many inbox rows were forgotten.</returns>
    internal async Task<int> PurgeInboxAsync(CancellationToken cancellationToken)
    {
        const int AtOnce = 5000;
        var total = 0;
        while (true)
        {
            await using var command = source.CreateCommand("""
                delete from inbox where ctid in (select ctid from inbox where received_at < now() - $1 limit $2 for update skip locked)
                """);
            command.Parameters.Add(new() { Value = options.InboxRetention });
            command.Parameters.Add(new() { Value = AtOnce });
            var gone = await command.ExecuteNonQueryAsync(cancellationToken);
            total += gone;
            if (gone < AtOnce)
            {
                return total;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var purges = 0;
        using var timer = new PeriodicTimer(Between);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default))
        {
            try
            {
                last = await MeasureAsync(stoppingToken);
                if (purges++ % (int)(BetweenPurges / Between) == 0)
                {
                    await PurgeInboxAsync(stoppingToken);
                }
            }
            catch (Exception)
            {
                // The database's own health check tells of it.
            }
        }
    }

    private async Task<Measure> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("""
            select (select count(*) from (select from outbox limit 100000) as counted)::int,
                   coalesce(extract(epoch from now() - (select min(created_at) from outbox)), 0)::float8,
                   (select count(*) from outbox_poison)::int
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Measure(reader.GetInt32(0), Math.Max(0, reader.GetDouble(1)), reader.GetInt32(2));
    }

    private sealed record Measure(int Depth, double OldestSeconds, int Poison);
}
