using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>
/// Writes down the words that names are searched by, for whatever entry lacks them: after a registration, an import, a roll-back. It goes in small steps with
/// pauses, since an alert may be under way. Any number of replicas work side by side.
/// </summary>
internal sealed partial class IndexNames(IServiceScopeFactory scopes, PersonalData personal, TimeProvider clock, ILogger<IndexNames> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);
    private const int BatchSize = 500;

    /// <summary>For one entry, in the open transaction that wrote it.</summary>
    public static async Task WriteAsync(ContactsDb db, Contact contact, PersonalData personal, CancellationToken cancellationToken)
    {
        contact.Named = true;
        await db.SaveChangesAsync(cancellationToken);
        await WriteAsync(db, [new Unnamed(contact.Id, contact.OrganisationId, contact.GivenName, contact.FamilyName, contact.CompanyName)], personal, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken) == BatchSize)
                {
                    await Task.Delay(Breath, clock, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Faulted(log, e.GetType().Name);
            }
        }
    }

    /// <returns>How many entries it was.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ContactsDb>();
        return await db.AcrossOrganisationsAsync(async token =>
        {
            var batch = await db.Database.SqlQuery<Unnamed>($"""
                select id, organisation_id, given_name, family_name, company_name from contacts where not named order by id limit {BatchSize} for update skip locked
                """).ToListAsync(token);
            if (batch.Count > 0)
            {
                var unreadable = await WriteAsync(db, batch, personal, token);
                if (unreadable > 0)
                {
                    Unreadable(log, unreadable);
                }
                var ids = batch.ConvertAll(one => one.Id);
                await db.Database.ExecuteSqlAsync($"update contacts set named = true where id = any({ids})", token);
            }
            return batch.Count;
        }, cancellationToken);
    }

    /// <returns>How many could not be opened: sealed with another key, and so without words.</returns>
    private static async Task<int> WriteAsync(ContactsDb db, IReadOnlyList<Unnamed> people, PersonalData personal, CancellationToken cancellationToken)
    {
        var (rows, unreadable) = (new List<(Unnamed Person, long Word)>(), 0);
        foreach (var person in people)
        {
            try
            {
                rows.AddRange(WordsOf(person, personal).Select(word => (person, word)));
            }
            catch (CryptographicException)
            {
                unreadable++;
            }
        }
        await using var command = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
        command.BatchCommands.Add(new NpgsqlBatchCommand("delete from contact_words where contact_id = any($1)") { Parameters = { new() { Value = people.Select(one => one.Id).ToArray() } } });
        command.BatchCommands.Add(new NpgsqlBatchCommand("""
            insert into contact_words (contact_id, organisation_id, word) select * from unnest($1, $2, $3) on conflict do nothing
            """)
        {
            Parameters =
            {
                new() { Value = rows.Select(row => row.Person.Id).ToArray() },
                new() { Value = rows.Select(row => row.Person.OrganisationId).ToArray() },
                new() { Value = rows.Select(row => row.Word).ToArray() },
            },
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return unreadable;
    }

    private static long[] WordsOf(Unnamed person, PersonalData personal)
    {
        return NameWords.Keys(personal, person.OrganisationId, NameWords.Of(Open(person.GivenName), Open(person.FamilyName), Open(person.CompanyName)));

        string? Open(byte[]? box) => box is null ? null : personal.Open(person.OrganisationId, box);
    }

    private sealed record Unnamed(Guid Id, Guid OrganisationId, byte[] GivenName, byte[] FamilyName, byte[]? CompanyName);

    [LoggerMessage(1, LogLevel.Warning, "Names could not be made searchable: {Reason}")]
    private static partial void Faulted(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Count} entries are sealed with another key and cannot be searched by name")]
    private static partial void Unreadable(ILogger logger, int count);
}
