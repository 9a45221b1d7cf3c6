using Microsoft.Extensions.Options;

namespace Ums.Notifier.Dispatch;

/// <summary>Takes claims away that a crash or a pause has left behind. Every replica sweeps; none leads.</summary>
internal sealed partial class LostClaims(IDispatchStore store, IOptions<DispatchOptions> options, TimeProvider clock, ILogger<LostClaims> log) : BackgroundService
{
    private const int Shard = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Sweep, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await store.SweepAsync(Shard, stoppingToken) is > 0 and var found)
                {
                    Found(log, found);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} attempts of alerts were interrupted and have an unknown outcome")]
    private static partial void Found(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "The sweep failed; the next one follows")]
    private static partial void Failed(ILogger logger, Exception exception);
}
