namespace Ums.Notifier.Speech;

/// <summary>Removes old sound every hour.</summary>
internal sealed partial class SweepClips(Clips clips, TimeProvider clock, ILogger<SweepClips> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                clips.Sweep();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotSwept(log, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old sound could not be removed: {Reason}")]
    private static partial void NotSwept(ILogger logger, string reason);
}
