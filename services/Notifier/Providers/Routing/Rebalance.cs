using Microsoft.Extensions.Options;

namespace Ums.Notifier.Providers.Routing;

/// <summary>Looks at the shares now and then, agrees on them with the other replicas, and goes by them.</summary>
internal sealed partial class Rebalance(
    ProviderRoutes routes, WeightTable table, IOptions<RoutingOptions> options, TimeProvider clock, ILogger<Rebalance> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        do
        {
            await TurnAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task TurnAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in Enum.GetValues<Channel>())
        {
            var word = channel.ToString().ToLowerInvariant();
            var before = routes.Standings(channel);
            // With one provider there is nothing to share.
            if (before.Count < 2)
            {
                continue;
            }
            try
            {
                var after = await table.AgreeAsync(word, before, cancellationToken);
                routes.Use(channel, after.ToDictionary(one => one.Provider, one => one.Weight));
                foreach (var (was, now) in before.Zip(after).Where(pair => pair.First.Weight != pair.Second.Weight))
                {
                    Moved(log, now.Provider, word, was.Weight, now.Weight);
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // Without the others' word the last one holds.
                NotAgreed(log, e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Provider} now has {Weight} points of {Channel}, after {Before}")]
    private static partial void Moved(ILogger logger, string provider, string channel, int before, int weight);

    [LoggerMessage(2, LogLevel.Warning, "The providers' shares could not be agreed on; the last ones hold")]
    private static partial void NotAgreed(ILogger logger, Exception exception);
}
