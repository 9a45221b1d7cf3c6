using Microsoft.EntityFrameworkCore;
using Npgsql;

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
                var found = await SweepAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), stoppingToken);
                if (found > 0)
                {
                    Found(log, found);
                }
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException && !stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    internal static Task<int> SweepAsync(NotifierDb db, CancellationToken cancellationToken) =>
        db.AcrossOrganisationsAsync(token => db.Database.ExecuteSqlAsync($"""
            with stuck as (
                select id from attempts where state = 'sending' and deadline < now() order by deadline limit 500 for update skip locked),
            ended as (
                update attempts set state = 'unknown', reason = 'interrupted', lease = null, ended_at = now()
                from stuck where attempts.id = stuck.id returning message_id)
            update messages set state = 'unknown', reason = 'interrupted', changed_at = now()
            from ended where messages.id = ended.message_id and state = 'sending'
            """, token), cancellationToken);

    [LoggerMessage(1, LogLevel.Warning, "{Count} attempts were interrupted and have an unknown outcome")]
    private static partial void Found(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "The sweep failed; the next one follows")]
    private static partial void Failed(ILogger logger, Exception exception);
}
