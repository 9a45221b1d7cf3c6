using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Messages;

/// <summary>Removes the phone number from a PIN's message after a day. The row stays, so that counts do.</summary>
internal sealed partial class Retention(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Retention> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeepPhone = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await CleanAsync(scope.ServiceProvider.GetRequiredService<NotifierDb>(), clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    internal static Task<int> CleanAsync(NotifierDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = now - KeepPhone;
        return db.AcrossOrganisationsAsync(token => db.Messages
            .Where(m => m.Purpose == Message.Pin && m.Phone != null && m.CreatedAt < due)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Phone, (byte[]?)null), token), cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "Retention failed; the next round follows")]
    private static partial void Failed(ILogger logger, Exception exception);
}
