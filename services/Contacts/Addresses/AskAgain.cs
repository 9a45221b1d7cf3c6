using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Messages.Events;

namespace Ums.Contacts.Addresses;

/// <summary>
/// Finds addresses that have waited a minute for their position and publishes <see cref="AddressAdded"/> again, with doubling pauses: whatever happened
/// to the message or its answer, the pin comes in the end. Any number of replicas sweep side by side.
/// </summary>
internal sealed partial class AskAgain(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AskAgain> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private const int BatchSize = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Faulted(log, e.GetType().Name);
            }
        }
    }

    /// <returns>How many addresses were asked for.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        var count = await db.AcrossOrganisationsAsync(async token =>
        {
            var now = clock.GetUtcNow();
            var waiting = await db.Database.SqlQuery<Waiting>($"""
                update addresses a set announced_at = {now}, announced = announced + 1
                from contacts c
                where c.id = a.contact_id and a.id in (
                    select id from addresses
                    where latitude is null and not_located is null and removed_at is null
                        and announced_at < {now} - interval '1 minute' * power(2, least(announced - 1, 6))
                    order by announced_at limit {BatchSize} for update skip locked)
                returning a.contact_id, a.organisation_id, a.id as contact_address_id, a.address_id, a.municipality_code, a.main, c.version
                """).ToListAsync(token);
            foreach (var address in waiting)
            {
                db.Publish(new AddressAdded(
                    address.ContactId, address.OrganisationId, address.ContactAddressId, address.AddressId, address.MunicipalityCode, address.Main, address.Version, now));
            }
            return waiting.Count;
        }, cancellationToken);
        if (count > 0)
        {
            Asked(log, count);
        }
        return count;
    }

    private sealed record Waiting(Guid ContactId, Guid OrganisationId, Guid ContactAddressId, string AddressId, string MunicipalityCode, bool Main, long Version);

    [LoggerMessage(1, LogLevel.Information, "{Count} addresses still lack a position; Geocoding is asked again")]
    private static partial void Asked(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Addresses without a position could not be swept: {Reason}")]
    private static partial void Faulted(ILogger logger, string reason);
}
