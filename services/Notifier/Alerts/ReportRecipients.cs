using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>What became of each recipient. Numbers are masked but for their last two digits: a report shows that it worked, not who lives where.</summary>
internal static class ReportRecipients
{
    private const int Most = 1000;

    private static readonly string[] States = ["waiting", "sending", "unknown", "accepted", "delivered", "failed", "expired", "cancelled"];

    /// <param name="Id">Stable; the last of a page asks for the next.</param>
    /// <param name="State">waiting, sending, unknown, accepted, delivered, failed, expired or cancelled.</param>
    /// <param name="Reason">A stable word where it failed.</param>
    public sealed record Recipient(
        string Id, string Phone, string State, string? Reason, int Attempts, string? Channel, string? Provider, bool Acknowledged, DateTimeOffset? EndedAt,
        float? Latitude, float? Longitude);

    public sealed record Page(IReadOnlyList<Recipient> Recipients, string? After);

    /// <param name="state">Only recipients in this state.</param>
    /// <param name="after">The last id of the page before.</param>
    /// <param name="limit">1 to 1,000.</param>
    public static async Task<Results<Ok<Page>, ProblemHttpResult>> Handle(
        Guid id, AlertCaller caller, NotifierDb db, PersonalData personal, CancellationToken cancellationToken, string? state = null, string? after = null, int limit = 100)
    {
        if (state is not null && !States.Contains(state))
        {
            return Problems.Invalid("state", "unknown");
        }
        if (!TryRead(after, out var slice, out var n))
        {
            return Problems.Invalid("after", "invalid");
        }
        var size = Math.Clamp(limit, 1, Most);
        return await db.InOrganisationAsync<Results<Ok<Page>, ProblemHttpResult>>(caller.Organisation, async token =>
        {
            if (!await db.Alerts.AnyAsync(a => a.Id == id, token))
            {
                return AlertCaller.NotFound();
            }
            var rows = await db.Database.SqlQuery<Row>($"""
                select s.slice_id, s.n, r.phone, s.state, s.reason, coalesce(s.attempts, 0)::int as attempts, s.channel, s.provider, s.acknowledged_at is not null as acknowledged,
                    s.ended_at, r.latitude, r.longitude
                from alert_recipient_states s join alert_recipients r using (slice_id, n)
                where s.slice_id in (select id from alert_slices where alert_id = {id}) and (s.slice_id, s.n) > ({slice}, {n}) and ({state}::text is null or s.state = {state})
                order by s.slice_id, s.n limit {size}
                """).ToListAsync(token);
            var recipients = rows.ConvertAll(row => new Recipient(
                $"{row.SliceId}-{row.N}", Masked(personal.Open(caller.Organisation, row.Phone)), row.State, row.Reason, row.Attempts, row.Channel, row.Provider, row.Acknowledged,
                row.EndedAt, row.Latitude, row.Longitude));
            await caller.TellAsync(db, "alert-recipients-read", id, $"{recipients.Count} rows", token);
            return TypedResults.Ok(new Page(recipients, recipients.Count == size ? recipients[^1].Id : null));
        }, cancellationToken);
    }

    internal static string Masked(string e164)
    {
        // A list may hold numbers that we do not reach anybody on.
        var national = PhoneNumber.TryParse(e164, norwegian: true, out var phone, out _) ? phone!.National : e164;
        var shown = national.Length - 2;
        return string.Concat(national.Select((c, i) => char.IsAsciiDigit(c) && i >= 3 && i < shown ? '*' : c));
    }

    private static bool TryRead(string? after, out long slice, out short n)
    {
        (slice, n) = (0, 0);
        return after is null || (after.Split('-') is [var first, var second] && long.TryParse(first, out slice) && short.TryParse(second, out n));
    }

    private sealed record Row(
        long SliceId, short N, byte[] Phone, string State, string? Reason, int Attempts, string? Channel, string? Provider, bool Acknowledged, DateTimeOffset? EndedAt,
        float? Latitude, float? Longitude);
}
