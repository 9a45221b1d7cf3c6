using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.Contacts;

/// <summary>Finds the signed-in resident's own entry, which is the only one that a resident's request can reach.</summary>
internal static class OwnContact
{
    /// <summary>Reads the entry with its phones and addresses; null where the number is not registered. Call it inside the organisation.</summary>
    /// <param name="locked">Holds other changes of the same entry up until this transaction ends.</param>
    public static async Task<Contact?> OwnContactAsync(this ContactsDb db, Caller caller, bool locked, CancellationToken cancellationToken)
    {
        // A session that removed the number it signed in with goes before whoever holds the number now.
        var id = await db.Phones
            .Where(phone => phone.OrganisationId == caller.Organisation && phone.NumberIndex == caller.PhoneIndex && phone.ContactKind == caller.Kind
                && (phone.RemovedAt == null || (caller.Session != null && phone.RemovedInSession == caller.Session)))
            .OrderBy(phone => phone.RemovedAt == null)
            .Select(phone => (Guid?)phone.ContactId)
            .FirstOrDefaultAsync(cancellationToken);
        if (id is null)
        {
            return null;
        }
        if (locked)
        {
            await db.Database.ExecuteSqlAsync($"select 1 from contacts where id = {id} for update", cancellationToken);
        }
        return await db.Contacts.Include(contact => contact.Phones).Include(contact => contact.Addresses).AsSplitQuery()
            .SingleOrDefaultAsync(contact => contact.Id == id, cancellationToken);
    }

    /// <summary>Runs a change of the resident's own entry in one transaction; 404 where there is none, 409 where its processing is restricted.</summary>
    public static Task<Results<TDone, ProblemHttpResult>> ChangeOwnAsync<TDone>(
        this ContactsDb db, Caller caller, TimeProvider clock, Func<Change, CancellationToken, Task<Results<TDone, ProblemHttpResult>>> work,
        CancellationToken cancellationToken) where TDone : IResult =>
        db.InOrganisationAsync(caller.Organisation, async token =>
            await db.OwnContactAsync(caller, locked: true, token) switch
            {
                null => NotRegistered(),
                { RestrictedAt: not null } => Restricted(),
                var contact => await work(new Change(db, contact, caller.Author, clock.GetUtcNow()), token),
            }, cancellationToken);

    public static ProblemHttpResult NotRegistered() =>
        Problems.Problem(StatusCodes.Status404NotFound, "not-registered", "This number is not registered with the organisation.");

    /// <summary>Nothing is done with a restricted entry until its organisation lifts the restriction.</summary>
    public static ProblemHttpResult Restricted() =>
        Problems.Problem(StatusCodes.Status409Conflict, "restricted", "The entry's processing is restricted, so it is not changed. The organisation can lift that.");

    public static ProblemHttpResult NoSuch(string what) => Problems.Problem(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}.");

    /// <summary>True where the database refused a second row under this unique index.</summary>
    public static bool IsDuplicate(this DbUpdateException exception, string index) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } refusal && refusal.ConstraintName == index;
}
