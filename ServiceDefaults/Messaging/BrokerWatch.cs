using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// Looks at the service's queues over a connection of its own: what lies in <c>_error</c>, <c>_skipped</c> and <c>_dead</c> shows in health and gauges, and consumers that stay
/// detached from a broker that answers end the process, so that whoever runs it starts it again (MassTransit was seen detached for good after broker restarts).
/// A broker that does not answer ends nothing: starting again would not help.
/// </summary>
internal sealed partial class BrokerWatch : BackgroundService, IHealthCheck
{
    /// <summary>Failed in the consumer; of a type that no consumer takes; delivered too often without an answer. Nobody but a person empties these.</summary>
    private static readonly string[] ForPeople = ["_error", "_skipped", "_dead"];

    private readonly IBusControl bus;
    private readonly BusOptions options;
    private readonly TimeProvider clock;
    private readonly IHostApplicationLifetime lifetime;
    private readonly ILogger<BrokerWatch> log;
    private readonly ConnectionFactory factory;
    private readonly ConcurrentDictionary<string, long> depths = new();
    private DateTimeOffset? detachedSince;
    private volatile bool reachable;

    public BrokerWatch(
        Uri address, IBusControl bus, BusOptions options, TimeProvider clock, IHostApplicationLifetime lifetime, IMeterFactory meters, ILogger<BrokerWatch> log)
    {
        (this.bus, this.options, this.clock, this.lifetime, this.log) = (bus, options, clock, lifetime, log);
        factory = new ConnectionFactory
        {
            Uri = address,
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ClientProvidedName = "queue watch",
        };
        meters.Create(MessagingTelemetry.Name).CreateObservableGauge("ums.queue.depth",
            () => depths.Select(queue => new Measurement<long>(queue.Value, new KeyValuePair<string, object?>("queue", queue.Key))),
            "{message}", "Messages ready in the service's queues, among them _error, _skipped and _dead.");
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lying = depths.Where(queue => queue.Value > 0 && IsForPeople(queue.Key)).OrderBy(queue => queue.Key).ToList();
        return Task.FromResult(
            detachedSince is { } since && clock.GetUtcNow() - since >= options.DetachedLimit ? HealthCheckResult.Unhealthy("Consumers are detached from the broker.")
            : !reachable ? HealthCheckResult.Degraded("The broker does not answer.")
            : lying.Count > 0 ? HealthCheckResult.Degraded(string.Join(", ", lying.Select(queue => $"{queue.Value} in {queue.Key}")))
            : HealthCheckResult.Healthy());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IConnection? connection = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                connection = connection is { IsOpen: true } ? connection : await factory.CreateConnectionAsync(stoppingToken);
                var attached = await LookAsync(connection, stoppingToken);
                reachable = true;
                Judge(attached && bus.CheckHealth().Status != BusHealthStatus.Unhealthy);
            }
            catch (Exception)
            {
                (reachable, detachedSince) = (false, null);
            }
            await Task.Delay(options.WatchInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (connection is not null)
        {
            using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await connection.CloseAsync(moment.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <returns>Whether every queue of the service has a consumer.</returns>
    private async Task<bool> LookAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var attached = true;
        foreach (var queue in bus.CheckHealth().Endpoints.Values.Select(endpoint => endpoint.InputAddress).Where(IsDurable).Select(address => address.Segments[^1]))
        {
            attached &= await LookAsync(connection, queue, cancellationToken) is { ConsumerCount: > 0 };
            foreach (var suffix in ForPeople)
            {
                await LookAsync(connection, queue + suffix, cancellationToken);
            }
        }
        return attached;
    }

    /// <returns>Null where there is no such queue, which closes the channel; hence one for each look.</returns>
    private async Task<QueueDeclareOk?> LookAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            var found = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            depths[queue] = found.MessageCount;
            return found;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            depths.TryRemove(queue, out _);
            return null;
        }
    }

    private void Judge(bool attached)
    {
        if (attached)
        {
            detachedSince = null;
            return;
        }
        detachedSince ??= clock.GetUtcNow();
        if (clock.GetUtcNow() - detachedSince >= options.DetachedLimit && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Detached(log, (int)options.DetachedLimit.TotalSeconds);
            Environment.ExitCode = 70;
            lifetime.StopApplication();
        }
    }

    private static bool IsDurable(Uri address) => !address.Query.Contains("temporary=true", StringComparison.Ordinal);

    private static bool IsForPeople(string queue) => ForPeople.Any(suffix => queue.EndsWith(suffix, StringComparison.Ordinal));

    [LoggerMessage(1, LogLevel.Critical, "The broker answers, but consumers have been detached for {Seconds} seconds: this process ends to be started again")]
    private static partial void Detached(ILogger logger, int seconds);
}
