using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.Records;

/// <summary>Hands people's entries to operators: no look and no change without its line in the audit, in the same transaction.</summary>
internal sealed class RecordKeeper(ContactsDb db, PersonalData personal, AuditTrail audit, TimeProvider clock)
{
    private const int LongestHistory = 200;

    /// <param name="open">Whether to show what is hidden too.</param>
    /// <param name="did">The audit's line.</param>
    public Task<Results<Ok<RecordView>, ProblemHttpResult>> LookAsync(
        RecordCaller caller, Guid id, bool open, AuditRecord did, CancellationToken cancellationToken) =>
        db.InOrganisationAsync<Results<Ok<RecordView>, ProblemHttpResult>>(caller.Organisation, async token =>
        {
            if (await FindAsync(id, locked: false, token) is not { } contact)
            {
                return Unknown();
            }
            var view = await ViewAsync(contact, open, token);
            await audit.AppendAsync(db, caller.Organisation, did, token);
            return TypedResults.Ok(view);
        }, cancellationToken);

    /// <summary>Changes the version of an entry that the caller has seen, and no other: whoever comes second is told, and what they wrote is still theirs.</summary>
    /// <param name="evenRestricted">Whether the change is one that a restriction lets through.</param>
    /// <param name="act">Changes the entry and says for the audit what, or returns what stands in the way before it has changed anything.</param>
    public Task<Results<Ok<RecordView>, ProblemHttpResult>> ChangeAsync(
        RecordCaller caller, Guid id, AuditRecord did, bool evenRestricted, Func<Change, CancellationToken, Task<(string? Detail, ProblemHttpResult? Refusal)>> act,
        CancellationToken cancellationToken) =>
        WithAsync<Ok<RecordView>>(caller, id, evenRestricted, async (change, token) =>
        {
            var before = change.Contact.Version;
            var (detail, refusal) = await act(change, token);
            if (refusal is not null)
            {
                return refusal;
            }
            await db.SaveChangesAsync(token);
            var view = await ViewAsync(change.Contact, open: false, token);
            if (change.Contact.Version != before)
            {
                await audit.AppendAsync(db, caller.Organisation, did with { Detail = detail }, token);
            }
            return TypedResults.Ok(view);
        }, cancellationToken);

    /// <summary>The same for what leaves no entry to look at.</summary>
    public Task<Results<TDone, ProblemHttpResult>> WithAsync<TDone>(
        RecordCaller caller, Guid id, bool evenRestricted, Func<Change, CancellationToken, Task<Results<TDone, ProblemHttpResult>>> work, CancellationToken cancellationToken)
        where TDone : IResult
    {
        if (caller.Seen is null)
        {
            return Task.FromResult<Results<TDone, ProblemHttpResult>>(
                Problems.Problem(StatusCodes.Status428PreconditionRequired, "version-required", "Say in If-Match which version of the entry this is a change of."));
        }
        return db.InOrganisationAsync(caller.Organisation, async token => await FindAsync(id, locked: true, token) switch
        {
            null => Unknown(),
            { } contact when contact.Version != caller.Seen => Changed(contact),
            { RestrictedAt: not null } when !evenRestricted => OwnContact.Restricted(),
            var contact => await work(new Change(db, contact, caller.Author, clock.GetUtcNow()), token),
        }, cancellationToken);
    }

    public async Task<RecordView> ViewAsync(Contact contact, bool open, CancellationToken cancellationToken)
    {
        var history = await db.AuditEntries.AsNoTracking().Where(entry => entry.ContactId == contact.Id).OrderByDescending(entry => entry.Id).Take(LongestHistory)
            .ToListAsync(cancellationToken);
        var off = contact.RegisterKey is { } key && await db.OptOuts.AnyAsync(optOut => optOut.RegisterKey == key, cancellationToken);
        return RecordView.Of(contact, off, history, open, personal);
    }

    /// <summary>Inside the organisation; another's is not there.</summary>
    public async Task<Contact?> FindAsync(Guid id, bool locked, CancellationToken cancellationToken)
    {
        if (locked)
        {
            await db.Database.ExecuteSqlAsync($"select 1 from contacts where id = {id} for update", cancellationToken);
        }
        return await db.Contacts.Include(contact => contact.Phones).Include(contact => contact.Addresses).AsSplitQuery()
            .SingleOrDefaultAsync(contact => contact.Id == id, cancellationToken);
    }

    public static ProblemHttpResult Unknown() => Problems.Problem(StatusCodes.Status404NotFound, "unknown-record", "There is no such entry here.");

    private static ProblemHttpResult Changed(Contact contact) => Problems.Problem(
        StatusCodes.Status412PreconditionFailed, "record-changed", "Somebody else has changed the entry meanwhile. Look at it again before you go on.",
        extensions: new Dictionary<string, object?> { ["version"] = contact.Version, ["changedAt"] = contact.ChangedAt });
}
