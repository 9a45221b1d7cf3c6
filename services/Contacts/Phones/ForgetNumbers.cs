using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Phones;

/// <summary>
/// Deletes what removed numbers left behind, once no session can need it. On public-register records it stays: it keeps later imports from bringing the
/// number back.
/// </summary>
internal sealed partial class ForgetNumbers(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ForgetNumbers> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    /// <summary>A little longer than the longest session.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromHours(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Faulted(log, e.GetType().Name);
            }
        }
    }

    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        var before = clock.GetUtcNow() - Keep;
        return await db.AcrossOrganisationsAsync(token => db.Phones
            .Where(phone => phone.RemovedAt < before && db.Contacts.Any(contact => contact.Id == phone.ContactId && contact.Source == Source.SupplementaryRegister))
            .ExecuteDeleteAsync(token), cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "Removed numbers could not be swept: {Reason}")]
    private static partial void Faulted(ILogger logger, string reason);
}
