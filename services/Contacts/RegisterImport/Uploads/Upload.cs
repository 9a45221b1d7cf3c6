using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Ums.Contacts.Contacts;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>Whose turn it is at an upload, until the lease ends on the database's clock.</summary>
internal sealed record UploadTurn(
    Guid Id, Guid OrganisationId, string State, string Format, bool Complete, long Bytes, long RowsRead, long Staged, DateTimeOffset ReceivedAt, Guid LeaseToken);

/// <summary>The statements on <c>register_uploads</c> that the work uses. Each asks for the lease's token, and so for the state that the work began with.</summary>
internal static class Upload
{
    public const int LeaseSeconds = 30;

    public static readonly string[] Open = ["received", "reading", "ready", "approved", "merging", "rolling-back"];

    /// <returns>Null where nothing waits.</returns>
    public static Task<UploadTurn?> ClaimAsync(ContactsDb db, CancellationToken cancellationToken)
    {
        var lease = Guid.NewGuid();
        return db.AcrossOrganisationsAsync(async token => (await db.Database.SqlQuery<UploadTurn>($"""
            update register_uploads set lease_token = {lease}, lease_until = now() + make_interval(secs => {LeaseSeconds}),
                state = case state when 'received' then 'reading' when 'approved' then 'merging' else state end
            where id = (
                select id from register_uploads where state in ('received', 'reading', 'approved', 'merging', 'rolling-back') and (lease_until is null or lease_until < now())
                order by received_at limit 1 for update skip locked)
            returning id, organisation_id, state, format, complete, bytes, rows_read, staged, received_at, lease_token
            """).ToListAsync(token)).SingleOrDefault(), cancellationToken);
    }

    /// <summary>Renews the lease and holds the row until the transaction ends.</summary>
    /// <exception cref="LeaseLostException">Another has it now, or an operator discarded the upload.</exception>
    public static async Task HoldAsync(ContactsDb db, UploadTurn turn, CancellationToken cancellationToken)
    {
        if (await db.Database.ExecuteSqlAsync($"""
            update register_uploads set lease_until = clock_timestamp() + make_interval(secs => {LeaseSeconds})
            where id = {turn.Id} and lease_token = {turn.LeaseToken} and state = {turn.State}
            """, cancellationToken) == 0)
        {
            throw new LeaseLostException();
        }
    }

    public static Task ReleaseAsync(ContactsDb db, UploadTurn turn, int pauseSeconds, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(turn.OrganisationId, token => db.Database.ExecuteSqlAsync($"""
            update register_uploads set lease_token = null, lease_until = now() + make_interval(secs => {pauseSeconds}) where id = {turn.Id} and lease_token = {turn.LeaseToken}
            """, token), cancellationToken);

    public static Task FailAsync(ContactsDb db, UploadTurn turn, string fault, long? line, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(turn.OrganisationId, async token =>
        {
            await HoldAsync(db, turn, token);
            await db.Database.ExecuteSqlAsync($"update register_uploads set state = 'failed', fault = {fault}, fault_line = {line}, ended_at = now(), lease_token = null where id = {turn.Id}", token);
            await ForgetAsync(db, turn.Id, token);
        }, cancellationToken);

    /// <summary>The file and the staged rows go as soon as nothing needs them.</summary>
    public static async Task ForgetAsync(ContactsDb db, Guid id, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"delete from register_upload_parts where upload_id = {id}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from register_rows where import_id = {id}", cancellationToken);
    }

    /// <summary>Who did it, for the record: the person's or program's subject.</summary>
    public static string Subject(ClaimsPrincipal user) => user.FindFirstValue(ServiceDefaults.Tokens.Claims.Subject) ?? "";

    public static Dictionary<string, long> Counts(string json) => JsonSerializer.Deserialize<Dictionary<string, long>>(json) ?? [];
}

/// <summary>Not a fault: somebody else has the work, or it is no longer wanted.</summary>
internal sealed class LeaseLostException : Exception;

/// <summary>Why a whole file cannot be taken.</summary>
/// <param name="fault">A stable word.</param>
internal sealed class UnusableFileException(string fault, long? line = null) : Exception(fault)
{
    public string Fault { get; } = fault;

    public long? Line { get; } = line;
}
