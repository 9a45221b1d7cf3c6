using Microsoft.Extensions.Options;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Dispatch;

/// <summary>
/// The dispatchers of this replica, some for each channel. Each takes alerts in turn, those for danger to life first, so that a small one does not stand behind a
/// large one.
/// </summary>
internal sealed partial class Dispatcher(
    DispatchRound round, LiveAlerts alerts, ProviderSet providers, IOptions<DispatchOptions> options, ILogger<Dispatcher> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var shard = 0;
        return Task.WhenAll(
            from channel in Enum.GetValues<Channel>()
            where providers.For(channel).Count > 0
            from _ in Enumerable.Range(0, options.Value.Dispatchers)
            let mine = shard++
            select Task.Run(() => DispatchAsync(channel, mine, stoppingToken), CancellationToken.None));
    }

    private async Task DispatchAsync(Channel channel, int shard, CancellationToken stoppingToken)
    {
        Guid last = default;
        while (!stoppingToken.IsCancellationRequested)
        {
            var look = alerts.NextLook;
            try
            {
                if (Choose(channel, last) is { } alert)
                {
                    last = alert.Id;
                    if (await round.RunAsync(alert, channel, shard, stoppingToken))
                    {
                        continue;
                    }
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Interrupted(log, e, shard);
            }
            await look.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private LiveAlert? Choose(Channel channel, Guid last)
    {
        var ready = alerts.Now.Values.Where(alert => alert.HasWork(channel)).OrderBy(alert => alert.Id).ToList();
        if (ready.Exists(alert => alert.Options.DangerToLife))
        {
            ready.RemoveAll(alert => !alert.Options.DangerToLife);
        }
        return ready.Find(alert => alert.Id.CompareTo(last) > 0) ?? ready.FirstOrDefault();
    }

    [LoggerMessage(1, LogLevel.Warning, "Dispatcher {Shard} was interrupted and goes on with the next look")]
    private static partial void Interrupted(ILogger logger, Exception exception, int shard);
}
