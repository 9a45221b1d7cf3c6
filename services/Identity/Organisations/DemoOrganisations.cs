using System.Text;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Events;

namespace Ums.Identity.Organisations;

/// <summary>
/// All 290 Swedish municipalities and a few invented companies, so that the first start shows a whole country. What is there already is left as it is.
/// Caller ids come only from the series that the Swedish regulator keeps free for fiction.
/// </summary>
internal sealed class DemoOrganisations(IServiceScopeFactory scopes, TimeProvider clock) : IHostedService
{
    /// <summary>Any number that nothing else in this database locks.</summary>
    private const long LockKey = 0x64656D6F;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        await db.AcrossOrganisationsAsync(async token =>
        {
            // Replicas that start together take turns, and the later ones find the work done.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", token);
            var there = await db.Organisations.Select(o => o.Slug).ToHashSetAsync(token);
            foreach (var organisation in Municipalities().Concat(Companies()).Where(o => !there.Contains(o.Slug)))
            {
                db.Organisations.Add(organisation);
                db.Publish(new OrganisationChanged(organisation.Id, organisation.Slug, organisation.Version, clock.GetUtcNow()));
            }
            return await db.SaveChangesAsync(token);
        }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static IEnumerable<Organisation> Municipalities() => Rows("municipalities.csv").Select((row, index) => new Organisation
    {
        Id = Guid.CreateVersion7(),
        Slug = row[1],
        Name = row[2],
        Kind = OrganisationKind.Municipality,
        MunicipalityCodes = [row[0]],
        SmsSenderName = row[3],
        VoiceCallerId = CallerId(row[0], index),
    });

    internal static IEnumerable<Organisation> Companies() => Rows("companies.csv").Select((row, index) => new Organisation
    {
        Id = Guid.CreateVersion7(),
        Slug = row[0],
        Name = row[1],
        Kind = OrganisationKind.Company,
        MunicipalityCodes = row[3].Split(','),
        SmsSenderName = row[2],
        VoiceCallerId = CallerId(row[3], index),
        NorwegianNumbers = row[4] == "yes",
    });

    /// <summary>A number of the nearest of the regulator's four series of landlines, by the county in the municipality's code.</summary>
    private static string CallerId(string municipalityCode, int index) => int.Parse(municipalityCode.AsSpan(0, 2), null) switch
    {
        7 or 8 or 10 or 11 or 12 => $"+464062804{index % 100:00}",
        6 or 13 or 14 or 17 => $"+463139006{index % 100:00}",
        >= 22 => $"+469803192{index % 100:00}",
        _ => $"+468465004{index % 100:00}",
    };

    private static IEnumerable<string[]> Rows(string file)
    {
        using var stream = typeof(DemoOrganisations).Assembly.GetManifestResourceStream($"Ums.Identity.Organisations.{file}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(';');
        }
    }
}
