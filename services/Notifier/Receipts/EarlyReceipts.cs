using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Receipts;

/// <summary>Applies early receipts once their attempt is there, and drops what has found none within an hour.</summary>
internal sealed partial class EarlyReceipts(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EarlyReceipts> log) : BackgroundService
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
                await ApplyAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), clock, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    internal static Task<int> ApplyAsync(NotifierDb db, TimeProvider clock, CancellationToken cancellationToken) => db.AcrossOrganisationsAsync(async token =>
    {
        var due = await db.EarlyReceipts
            .FromSql($"select * from early_receipts r where exists (select from attempts a where a.id = r.attempt_id) limit 500 for update skip locked")
            .AsNoTracking().ToListAsync(token);
        foreach (var receipt in due)
        {
            await RecordReceipt.ApplyAsync(db, receipt.AttemptId, receipt.State, receipt.Reason, clock.GetUtcNow(), token);
        }
        var ids = due.Select(receipt => receipt.AttemptId).ToArray();
        await db.Database.ExecuteSqlAsync($"delete from early_receipts where attempt_id = any({ids}) or received_at < now() - interval '1 hour'", token);
        return due.Count;
    }, cancellationToken);

    [LoggerMessage(1, LogLevel.Warning, "Early receipts could not be applied; the next round follows")]
    private static partial void Failed(ILogger logger, Exception exception);
}
