namespace Ums.Notifier.Messages;

/// <summary>
/// Finds attempts that a crash or a pause left in 'sending' past their deadline and calls them what they are: unknown. It takes their lease, so a process that
/// wakes up later settles nothing. Every replica sweeps; none leads.
/// </summary>
internal sealed partial class StuckAttempts(IServiceScopeFactory scopes, TimeProvider clock, ILogger<StuckAttempts> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var found = await scope.ServiceProvider.GetRequiredService<IMessageStore>().SweepAsync(stoppingToken);
                if (found > 0)
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

    [LoggerMessage(1, LogLevel.Warning, "{Count} attempts were interrupted and have an unknown outcome")]
    private static partial void Found(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "The sweep failed; the next one follows")]
    private static partial void Failed(ILogger logger, Exception exception);
}
