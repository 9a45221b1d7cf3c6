using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Contacts.Contacts;
using Ums.ServiceDefaults.Http;

namespace Ums.Contacts.RegisterImport.Uploads;

/// <summary>How far an upload is and what it would do, or did.</summary>
internal static class GetUpload
{
    private const int Latest = 50;

    /// <param name="State">received, reading, ready, approved, merging, done, discarded, rolling-back, rolled-back or failed.</param>
    /// <param name="BytesRead">Of <paramref name="Bytes"/>: the progress of the reading.</param>
    /// <param name="Refused">Reason to how many rows.</param>
    /// <param name="People">How many of the register there were before.</param>
    /// <param name="MustConfirmGone">So many would go that approving says how many.</param>
    /// <param name="Fault">Why it failed: a stable word.</param>
    /// <param name="UndoUntil">Until then it can be rolled back.</param>
    public sealed record Response(
        Guid Id, string State, string Format, bool Complete, long Bytes, long BytesRead, long RowsRead, long Staged, long Protected, IReadOnlyDictionary<string, long> Refused,
        int? Added, int? Changed, int? Unchanged, int? Gone, int? People, bool MustConfirmGone, string? Fault, long? FaultLine, string SentBy, string? ApprovedBy,
        DateTimeOffset ReceivedAt, DateTimeOffset? ReadyAt, DateTimeOffset? MergedAt, DateTimeOffset? EndedAt, DateTimeOffset? UndoUntil);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, Asker asker, ContactsDb db, IOptions<UploadOptions> options, CancellationToken cancellationToken)
    {
        if (asker.Of(null) is not { } organisation)
        {
            return Asker.NoOrganisation();
        }
        var found = await ReadAsync(db, organisation, id, options.Value, cancellationToken);
        return found.Count == 0 ? Unknown() : TypedResults.Ok(found[0]);
    }

    /// <summary>The latest, newest first.</summary>
    public static async Task<Results<Ok<IReadOnlyList<Response>>, ProblemHttpResult>> List(
        Asker asker, ContactsDb db, IOptions<UploadOptions> options, CancellationToken cancellationToken) =>
        asker.Of(null) is not { } organisation
            ? Asker.NoOrganisation()
            : TypedResults.Ok<IReadOnlyList<Response>>(await ReadAsync(db, organisation, null, options.Value, cancellationToken));

    public static ProblemHttpResult Unknown() => Problems.Problem(StatusCodes.Status404NotFound, "not-found", "There is no such import.");

    public static bool MustConfirm(int gone, int people, UploadOptions options) => gone > people * options.GoneWithoutAsking;

    private static async Task<List<Response>> ReadAsync(ContactsDb db, Guid organisation, Guid? id, UploadOptions options, CancellationToken cancellationToken)
    {
        var rows = await db.InOrganisationAsync(organisation, token => db.Database.SqlQuery<Row>($"""
            select id, state, format, complete, bytes, bytes_read, rows_read, greatest(staged, 0) as staged, protected, refused::text as refused, added, changed, unchanged, gone, people,
                fault, fault_line, sent_by, approved_by, received_at, ready_at, merged_at, ended_at
            from register_uploads
            where organisation_id = {organisation} and state <> 'receiving' and ({id}::uuid is null or id = {id})
            order by received_at desc limit {Latest}
            """).ToListAsync(token), cancellationToken);
        return rows.ConvertAll(r => new Response(
            r.Id, r.State, r.Format, r.Complete, r.Bytes, r.BytesRead, r.RowsRead, r.Staged, r.Protected, Upload.Counts(r.Refused), r.Added, r.Changed, r.Unchanged, r.Gone, r.People,
            r.State == "ready" && MustConfirm(r.Gone ?? 0, r.People ?? 0, options), r.Fault, r.FaultLine, r.SentBy, r.ApprovedBy, r.ReceivedAt, r.ReadyAt, r.MergedAt, r.EndedAt,
            r.State == "done" ? r.MergedAt?.AddDays(options.UndoDays) : null));
    }

    private sealed record Row(
        Guid Id, string State, string Format, bool Complete, long Bytes, long BytesRead, long RowsRead, long Staged, long Protected, string Refused, int? Added, int? Changed,
        int? Unchanged, int? Gone, int? People, string? Fault, long? FaultLine, string SentBy, string? ApprovedBy, DateTimeOffset ReceivedAt, DateTimeOffset? ReadyAt,
        DateTimeOffset? MergedAt, DateTimeOffset? EndedAt);
}
