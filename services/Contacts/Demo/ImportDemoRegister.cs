using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.Contacts.Places;
using Ums.Contacts.RegisterImport;

namespace Ums.Contacts.Demo;

/// <summary>
/// Imports the demo register once, in the background after start, as soon as Identity and Geocoding answer. An organisation that has it is passed over;
/// replicas that start together may both try, and the import sees to it that it happens once.
/// </summary>
internal sealed partial class ImportDemoRegister(
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ImportDemoRegister> log) : BackgroundService
{
    private const string Register = "demo";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
        {
            await started.Task.WaitAsync(stoppingToken);
        }
        var waiting = DemoPlan.All.ToList();
        for (var round = 1; ; round++)
        {
            foreach (var plan in waiting.ToList())
            {
                if (await TryAsync(plan, stoppingToken))
                {
                    waiting.Remove(plan);
                }
            }
            if (waiting.Count == 0)
            {
                return;
            }
            await Task.Delay(Pause * Math.Min(round, 15), clock, stoppingToken);
        }
    }

    /// <returns>False where it is to be tried again.</returns>
    internal async Task<bool> TryAsync(DemoPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            if (await services.GetRequiredService<Organisations>().FindAsync(plan.Slug, cancellationToken) is not { } organisation)
            {
                Waiting(log, plan.Slug, "Identity");
                return false;
            }
            if (await IsDoneAsync(services.GetRequiredService<ContactsDb>(), organisation, cancellationToken))
            {
                return true;
            }
            var addresses = await services.GetRequiredService<GeocodingClient>().SampleAsync(plan.MunicipalityCode, plan.Homes, plan.Seed, cancellationToken);
            if (addresses.Count < plan.Homes / 2)
            {
                Waiting(log, plan.Slug, "Geocoding");
                return false;
            }
            var rows = new DemoPeople(plan, addresses).Rows().ToAsyncEnumerable();
            await services.GetRequiredService<ImportRegister>().RunAsync(organisation, Register, complete: true, rows, cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Waiting(log, plan.Slug, e.GetType().Name);
            return false;
        }
    }

    private static Task<bool> IsDoneAsync(ContactsDb db, Organisation organisation, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(organisation.Id, async token => (await db.Database.SqlQuery<bool>(
            $"select exists (select 1 from register_imports where register = {Register}) as value").ToListAsync(token)).Single(), cancellationToken);

    [LoggerMessage(1, LogLevel.Information, "The demo register of {Organisation} waits for {Reason}")]
    private static partial void Waiting(ILogger logger, string organisation, string reason);
}
