using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Audit;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>Takes a register in as a stream of any length, sealed piece by piece; nothing of it is looked at yet.</summary>
internal static class ReceiveUpload
{
    public const int PartBytes = 1024 * 1024;

    public sealed record Response(Guid Id);

    /// <param name="format"><c>csv</c> or <c>ndjson</c>; either may be packed with gzip.</param>
    /// <param name="complete">Whether everyone is in it, so that who is missing has left the register. There is no default: the one removes people, the other does not.</param>
    public static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        string? format, bool? complete, Stream body, HttpContext http, Asker asker, ClaimsPrincipal user, ContactsDb db, PersonalData personal, AuditTrail audit, RunUploads uploads,
        IOptions<UploadOptions> options, CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        if (format is not ("csv" or "ndjson"))
        {
            return Problems.Invalid("format", "csv or ndjson");
        }
        if (complete is not { } isComplete)
        {
            return Problems.Invalid("complete", "required");
        }
        if (await IsOneOpenAsync(db, organisation, cancellationToken))
        {
            return UnderWay();
        }
        var most = options.Value.MaxBytes;
        if (http.Request.ContentLength > most)
        {
            return TooLarge(most);
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // One more, so that what is too large is refused in our words.
            limit.MaxRequestBodySize = most + 1;
        }
        var id = Guid.CreateVersion7();
        await db.InOrganisationAsync(organisation, token => db.Database.ExecuteSqlAsync($"""
            insert into register_uploads (id, organisation_id, state, format, complete, sent_by) values ({id}, {organisation}, 'receiving', {format}, {isComplete}, {Upload.Subject(user)})
            """, token), cancellationToken);
        var kept = false;
        try
        {
            var bytes = await StoreAsync(db, personal, organisation, id, body, most, cancellationToken);
            if (bytes is null or 0)
            {
                return bytes is null ? TooLarge(most) : Problems.Invalid("body", "empty");
            }
            var did = AuditRecord.By(user, "register-import-received") with { Target = id.ToString(), Detail = isComplete ? "complete" : "extract" };
            kept = await KeepAsync(db, organisation, id, bytes.Value, audit, did, cancellationToken);
        }
        finally
        {
            if (!kept)
            {
                await db.InOrganisationAsync(organisation, token => db.Database.ExecuteSqlAsync($"delete from register_uploads where id = {id} and state = 'receiving'", token), CancellationToken.None);
            }
        }
        if (!kept)
        {
            return UnderWay();
        }
        uploads.Wake();
        return TypedResults.Accepted($"/api/imports/register/{id}", new Response(id));
    }

    private static ProblemHttpResult UnderWay() => Problems.Problem(StatusCodes.Status409Conflict, "import-under-way",
        "Another register is under way. Approve it or discard it first.");

    private static ProblemHttpResult TooLarge(long most) =>
        Problems.Problem(StatusCodes.Status413PayloadTooLarge, "too-large", $"The file is larger than {most / (1024 * 1024)} MiB.");

    private static Task<bool> IsOneOpenAsync(ContactsDb db, Guid organisation, CancellationToken cancellationToken) =>
        db.InOrganisationAsync(organisation, async token => (await db.Database.SqlQuery<bool>(
            $"select exists (select 1 from register_uploads where organisation_id = {organisation} and state = any({Upload.Open})) as value").ToListAsync(token)).Single(), cancellationToken);

    /// <returns>Null where it is too much.</returns>
    private static async Task<long?> StoreAsync(
        ContactsDb db, PersonalData personal, Guid organisation, Guid id, Stream body, long most, CancellationToken cancellationToken)
    {
        var (buffer, bytes) = (new byte[PartBytes], 0L);
        for (var number = 0; ; number++)
        {
            var read = await body.ReadAtLeastAsync(buffer, PartBytes, throwOnEndOfStream: false, cancellationToken);
            bytes += read;
            if (bytes > most)
            {
                return null;
            }
            if (read > 0)
            {
                var box = personal.SealBytes(organisation, buffer.AsSpan(0, read));
                await db.InOrganisationAsync(organisation, token => db.Database.ExecuteSqlAsync(
                    $"insert into register_upload_parts (upload_id, organisation_id, number, sealed) values ({id}, {organisation}, {number}, {box})", token), cancellationToken);
            }
            if (read < PartBytes)
            {
                return bytes;
            }
        }
    }

    /// <returns>False where another was quicker: the index over open ones decides.</returns>
    private static async Task<bool> KeepAsync(
        ContactsDb db, Guid organisation, Guid id, long bytes, AuditTrail audit, AuditRecord did, CancellationToken cancellationToken)
    {
        try
        {
            return await db.InOrganisationAsync(organisation, async token =>
            {
                var kept = await db.Database.ExecuteSqlAsync(
                    $"update register_uploads set state = 'received', bytes = {bytes}, received_at = now() where id = {id} and state = 'receiving'", token) == 1;
                if (kept)
                {
                    await audit.AppendAsync(db, organisation, did, token);
                }
                return kept;
            }, cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }
}
