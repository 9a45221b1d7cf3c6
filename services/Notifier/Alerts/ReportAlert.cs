using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ums.Notifier.Texts;

namespace Ums.Notifier.Alerts;

/// <summary>How an alert went: by provider, by hour, by reason, and over time. What retention has removed is missing; the counts over time stay.</summary>
internal static class ReportAlert
{
    private const int Points = 120;

    /// <param name="Attempts">Handed to it, or tried to be.</param>
    /// <param name="Refused">Attempts that it did not take.</param>
    /// <param name="Open">Of which nothing final has been heard.</param>
    /// <param name="Cost">Of those that it took, in kronor without tax; null where the text, and with it the number of parts, has been removed.</param>
    public sealed record ProviderLine(string Provider, string Channel, int Attempts, int Delivered, int Failed, int Refused, int Open, decimal? Cost);

    /// <param name="Hour">Its beginning.</param>
    public sealed record HourLine(DateTimeOffset Hour, int HandedOver, int Delivered, int Failed);

    /// <param name="Reason">A stable word of ours or the provider's; null where none was given.</param>
    /// <param name="State">failed or expired.</param>
    public sealed record ReasonLine(string? Reason, string? Channel, string State, int Recipients);

    /// <summary>All that had been by then.</summary>
    public sealed record Point(DateTimeOffset At, int HandedOver, int Delivered, int Failed);

    public sealed record Response(IReadOnlyList<ProviderLine> ByProvider, IReadOnlyList<HourLine> ByHour, IReadOnlyList<ReasonLine> ByReason, IReadOnlyList<Point> Curve, decimal? Cost);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, AlertCaller caller, NotifierDb db, IOptions<PriceOptions> prices, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromSeconds(50));
        return await db.InOrganisationAsync<Results<Ok<Response>, ProblemHttpResult>>(caller.Organisation, async token =>
        {
            if (await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token) is not { } alert)
            {
                return AlertCaller.NotFound();
            }
            int? parts = alert.Content is null ? null : AlertWords.Size(alert.Content, alert.Test, alert.Sender?.CodeLine).Parts;
            var providers = (await ByProviderAsync(db, id, token)).ConvertAll(row => new ProviderLine(
                row.Provider, row.Channel, row.Attempts, row.Delivered, row.Failed, row.Refused, row.Open, Cost(row)));
            var progress = await db.Database.SqlQuery<Point>($"select at, handed_over, delivered, failed from alert_progress where alert_id = {id} order by at").ToListAsync(token);
            return TypedResults.Ok(new Response(
                providers, ByHour(progress), await ByReasonAsync(db, id, token), Thinned(progress), providers.Exists(line => line.Cost is null) ? null : providers.Sum(line => line.Cost)));

            decimal? Cost(ProviderRow row) => row.Channel == "voice"
                ? prices.Value.Alert(alert.OrganisationId, 0, row.Attempts - row.Refused)
                : parts is null ? null : prices.Value.Alert(alert.OrganisationId, (row.Attempts - row.Refused) * parts.Value, 0);
        }, cancellationToken);
    }

    /// <summary>What each hour added to what there was before.</summary>
    internal static IReadOnlyList<HourLine> ByHour(IReadOnlyList<Point> progress)
    {
        var before = new Point(default, 0, 0, 0);
        var hours = new List<HourLine>();
        foreach (var last in progress.GroupBy(point => Hour(point.At)).Select(hour => hour.Last()))
        {
            hours.Add(new HourLine(Hour(last.At), last.HandedOver - before.HandedOver, last.Delivered - before.Delivered, last.Failed - before.Failed));
            before = last;
        }
        return hours;

        static DateTimeOffset Hour(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);
    }

    /// <summary>As many points as a picture shows, the first and the last among them.</summary>
    internal static IReadOnlyList<Point> Thinned(IReadOnlyList<Point> progress)
    {
        if (progress.Count <= Points)
        {
            return progress;
        }
        var step = (progress[^1].At - progress[0].At) / (Points - 1);
        return [.. progress.GroupBy(point => (int)((point.At - progress[0].At) / step)).Select(group => group.Last()).Prepend(progress[0])];
    }

    private static Task<List<ProviderRow>> ByProviderAsync(NotifierDb db, Guid id, CancellationToken cancellationToken) => db.Database.SqlQuery<ProviderRow>($"""
        select provider, channel, count(*)::int as attempts,
            count(*) filter (where state = 'delivered')::int as delivered, count(*) filter (where state in ('failed', 'expired'))::int as failed,
            count(*) filter (where state in ('not-sent', 'cancelled'))::int as refused, count(*) filter (where state in ('sending', 'unknown', 'accepted'))::int as open
        from alert_attempts where slice_id in (select id from alert_slices where alert_id = {id})
        group by provider, channel order by count(*) desc, provider, channel
        """).ToListAsync(cancellationToken);

    private static Task<List<ReasonLine>> ByReasonAsync(NotifierDb db, Guid id, CancellationToken cancellationToken) => db.Database.SqlQuery<ReasonLine>($"""
        select reason, channel, state, count(*)::int as recipients
        from alert_recipient_states where slice_id in (select id from alert_slices where alert_id = {id}) and state in ('failed', 'expired')
        group by reason, channel, state order by count(*) desc, reason, channel
        """).ToListAsync(cancellationToken);

    private sealed record ProviderRow(string Provider, string Channel, int Attempts, int Delivered, int Failed, int Refused, int Open);
}
