using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ums.Notifier.Alerts;

/// <summary>
/// How far an alert has come where, for a map that fills in while it is watched: places without people, rounded to some ten metres, and none for a recipient whose position is not
/// known or not shown. Of many recipients an even sample, so that a look costs the same however many there are: slices hold people from everywhere.
/// </summary>
internal static class MapAlert
{
    private const int Most = 5000;

    /// <param name="Places">Longitude, latitude, and how many recipients there are under way, reached and not reached.</param>
    /// <param name="Share">Of all recipients, more than 0 and 1 at most.</param>
    public sealed record Response(IReadOnlyList<IReadOnlyList<double>> Places, double Share);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, AlertCaller caller, NotifierDb db, CancellationToken cancellationToken) =>
        await db.InOrganisationAsync<Results<Ok<Response>, ProblemHttpResult>>(caller.Organisation, async token =>
        {
            if (await db.Alerts.Where(a => a.Id == id).Select(a => (int?)a.Expected).SingleOrDefaultAsync(token) is not { } expected)
            {
                return AlertCaller.NotFound();
            }
            var every = Math.Max(1, (expected + Most - 1) / Most);
            var rows = await db.Database.SqlQuery<Row>($"""
                select round(r.longitude * 10000) / 10000 as longitude, round(r.latitude * 10000) / 10000 as latitude,
                    (count(*) filter (where s.state in ('waiting', 'sending', 'unknown', 'accepted')))::int as under_way,
                    (count(*) filter (where s.state = 'delivered'))::int as reached,
                    (count(*) filter (where s.state in ('failed', 'expired', 'cancelled')))::int as missed
                from alert_recipient_states s join alert_recipients r using (slice_id, n)
                where s.slice_id in (select id from alert_slices where alert_id = {id} and id % {every} = 0) and r.latitude is not null
                group by 1, 2 limit {Most}
                """).ToListAsync(token);
            return TypedResults.Ok(new Response(rows.ConvertAll(IReadOnlyList<double> (row) => [row.Longitude, row.Latitude, row.UnderWay, row.Reached, row.Missed]), 1.0 / every));
        }, cancellationToken);

    private sealed record Row(double Longitude, double Latitude, int UnderWay, int Reached, int Missed);
}
