using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.Audiences;

/// <summary>Somebody's turn at an audience, until the lease ends on the database's clock.</summary>
internal sealed record Turn(Guid AlertId, Guid OrganisationId, byte[] Sealed, Guid LeaseToken);

/// <summary>How far an audience is answered.</summary>
internal sealed record Progress(long Position, int NextNumber, long Members, long Expected);

/// <summary>
/// The statements on <c>audience_resolutions</c>. Each of the work's asks for the lease's token: who slept through their lease changes nothing, and who took
/// over is undisturbed.
/// </summary>
internal static class Resolution
{
    /// <summary>Every part renews it. A part under way keeps others off by its row lock, however long it takes.</summary>
    public const int LeaseSeconds = 5;

    public static Task<int> AskAsync(ContactsDb db, Guid alert, Guid organisation, int expected, byte[] box, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        insert into audience_resolutions (alert_id, organisation_id, sealed, expected) values ({alert}, {organisation}, {box}, {(long)Math.Max(expected, 0)})
        on conflict (alert_id) do nothing
        """, cancellationToken);

    /// <returns>Null where nothing waits. Of several the one whose last turn is longest ago.</returns>
    public static Task<Turn?> ClaimAsync(ContactsDb db, CancellationToken cancellationToken)
    {
        var lease = Guid.NewGuid();
        return db.AcrossOrganisationsAsync(async token => (await db.Database.SqlQuery<Turn>($"""
            update audience_resolutions set lease_token = {lease}, lease_until = now() + make_interval(secs => {LeaseSeconds}), turn_at = now()
            where alert_id = (
                select alert_id from audience_resolutions where finished_at is null and (lease_until is null or lease_until < now())
                order by turn_at limit 1 for update skip locked)
            returning alert_id, organisation_id, sealed, lease_token
            """).ToListAsync(token)).SingleOrDefault(), cancellationToken);
    }

    /// <summary>Renews the lease and holds the row until the transaction ends.</summary>
    /// <returns>Null where the lease is another's now, or all is done.</returns>
    public static async Task<Progress?> HoldAsync(ContactsDb db, Turn turn, CancellationToken cancellationToken) => (await db.Database.SqlQuery<Progress>($"""
        update audience_resolutions set lease_until = clock_timestamp() + make_interval(secs => {LeaseSeconds})
        where alert_id = {turn.AlertId} and lease_token = {turn.LeaseToken} and finished_at is null
        returning position, next_number, members, expected
        """).ToListAsync(cancellationToken)).SingleOrDefault();

    public static Task MoveAsync(ContactsDb db, Turn turn, Progress to, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        update audience_resolutions set position = {to.Position}, next_number = {to.NextNumber}, members = {to.Members}, expected = {to.Expected}, faults = 0
        where alert_id = {turn.AlertId} and lease_token = {turn.LeaseToken}
        """, cancellationToken);

    public static async Task FinishAsync(ContactsDb db, Turn turn, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"""
            update audience_resolutions set finished_at = now(), sealed = null, lease_token = null, lease_until = null
            where alert_id = {turn.AlertId} and lease_token = {turn.LeaseToken}
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from audience_phones where alert_id = {turn.AlertId}", cancellationToken);
    }

    /// <summary>Gives the turn back. After a fault the next try waits, longer each time, so that one audience at fault does not keep the others.</summary>
    public static Task ReleaseAsync(ContactsDb db, Turn turn, bool faulted, CancellationToken cancellationToken) => db.InOrganisationAsync(turn.OrganisationId, token =>
        db.Database.ExecuteSqlAsync($"""
            update audience_resolutions set lease_token = null, turn_at = clock_timestamp(), faults = faults + case when {faulted} then 1 else 0 end,
                lease_until = case when {faulted} then clock_timestamp() + interval '1 second' * power(2, least(faults, 5)) end
            where alert_id = {turn.AlertId} and lease_token = {turn.LeaseToken}
            """, token), cancellationToken);
}
