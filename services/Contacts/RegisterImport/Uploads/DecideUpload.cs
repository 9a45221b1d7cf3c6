using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>What an operator decides about an upload: let it in, throw it away, take it back. Twice is once.</summary>
internal static class DecideUpload
{
    /// <param name="ConfirmedGone">How many people will go, as the dry run says; asked for only where they are many.</param>
    public sealed record Approval(int? ConfirmedGone = null);

    public static async Task<Results<Accepted, ProblemHttpResult>> Approve(
        Guid id, Approval approval, Asker asker, ClaimsPrincipal user, ContactsDb db, AuditTrail audit, RunUploads uploads, IOptions<UploadOptions> options,
        CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        var answer = await db.InOrganisationAsync<Results<Accepted, ProblemHttpResult>>(organisation, async token =>
        {
            if (await FindAsync(db, organisation, id, token) is not { } upload)
            {
                return GetUpload.Unknown();
            }
            if (upload.State is not "ready")
            {
                return upload.State is "approved" or "merging" or "done" ? Accepted(id) : NotNow(upload.State);
            }
            if (GetUpload.MustConfirm(upload.Gone, upload.People, options.Value) && approval.ConfirmedGone != upload.Gone)
            {
                return Problems.Problem(StatusCodes.Status409Conflict, "many-would-go",
                    $"{upload.Gone} of {upload.People} people would be removed. If that is right, approve it again with confirmedGone.",
                    extensions: new Dictionary<string, object?> { ["gone"] = upload.Gone, ["people"] = upload.People });
            }
            await db.Database.ExecuteSqlAsync($"update register_uploads set state = 'approved', approved_by = {Upload.Subject(user)}, lease_until = null where id = {id}", token);
            await TellAsync(db, audit, organisation, user, "approved", id, token);
            return Accepted(id);
        }, cancellationToken);
        uploads.Wake();
        return answer;
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> Discard(
        Guid id, Asker asker, ClaimsPrincipal user, ContactsDb db, AuditTrail audit, CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        return await db.InOrganisationAsync<Results<NoContent, ProblemHttpResult>>(organisation, async token =>
        {
            if (await FindAsync(db, organisation, id, token) is not { } upload)
            {
                return GetUpload.Unknown();
            }
            if (upload.State is "discarded")
            {
                return TypedResults.NoContent();
            }
            if (upload.State is not ("received" or "reading" or "ready" or "approved" or "failed"))
            {
                return NotNow(upload.State);
            }
            await db.Database.ExecuteSqlAsync($"update register_uploads set state = 'discarded', ended_at = now(), lease_token = null where id = {id}", token);
            await Upload.ForgetAsync(db, id, token);
            await db.Database.ExecuteSqlAsync($"delete from register_refusals where upload_id = {id}", token);
            await TellAsync(db, audit, organisation, user, "discarded", id, token);
            return TypedResults.NoContent();
        }, cancellationToken);
    }

    public static async Task<Results<Accepted, ProblemHttpResult>> RollBack(
        Guid id, Asker asker, ClaimsPrincipal user, ContactsDb db, AuditTrail audit, RunUploads uploads, IOptions<UploadOptions> options, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        var answer = await db.InOrganisationAsync<Results<Accepted, ProblemHttpResult>>(organisation, async token =>
        {
            if (await FindAsync(db, organisation, id, token) is not { } upload)
            {
                return GetUpload.Unknown();
            }
            if (upload.State is not "done")
            {
                return upload.State is "rolling-back" or "rolled-back" ? Accepted(id) : NotNow(upload.State);
            }
            if (upload.MergedAt < clock.GetUtcNow() - TimeSpan.FromDays(options.Value.UndoDays))
            {
                return Problems.Problem(StatusCodes.Status409Conflict, "too-late", "What was before this import is no longer kept.");
            }
            if (upload.IsOvertaken)
            {
                return Problems.Problem(StatusCodes.Status409Conflict, "overtaken", "Another register has been imported since, or is under way. The latest is rolled back first.");
            }
            await db.Database.ExecuteSqlAsync($"update register_uploads set state = 'rolling-back', ended_at = null, lease_until = null where id = {id}", token);
            await TellAsync(db, audit, organisation, user, "rolled-back", id, token);
            return Accepted(id);
        }, cancellationToken);
        uploads.Wake();
        return answer;
    }

    private static Task TellAsync(
        ContactsDb db, AuditTrail audit, Guid organisation, ClaimsPrincipal user, string what, Guid id, CancellationToken cancellationToken) =>
        audit.AppendAsync(db, organisation, AuditRecord.By(user, "register-import-" + what) with { Target = id.ToString() }, cancellationToken);

    private static Accepted Accepted(Guid id) => TypedResults.Accepted($"/api/imports/register/{id}");

    private static ProblemHttpResult NotNow(string state) => Problems.Problem(StatusCodes.Status409Conflict, "not-now",
        "The import is not in a state for that.", extensions: new Dictionary<string, object?> { ["state"] = state });

    private static async Task<Found?> FindAsync(ContactsDb db, Guid organisation, Guid id, CancellationToken cancellationToken) => (await db.Database.SqlQuery<Found>($"""
        select u.state, coalesce(u.gone, 0) as gone, coalesce(u.people, 0) as people, u.merged_at,
            exists (select 1 from register_imports i where i.organisation_id = {organisation} and i.undone_at is null and i.finished_at > u.merged_at)
                or exists (select 1 from register_uploads o where o.organisation_id = {organisation} and o.id <> u.id and o.state = any({Upload.Open})) as is_overtaken
        from register_uploads u where u.id = {id} and u.organisation_id = {organisation} and u.state <> 'receiving' for update of u
        """).ToListAsync(cancellationToken)).SingleOrDefault();

    private sealed record Found(string State, int Gone, int People, DateTimeOffset? MergedAt, bool IsOvertaken);
}
