using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Alerts;

/// <summary>The organisation's alerts, newest first, and one of them whole.</summary>
internal static class ReadAlerts
{
    private const int Most = 100;

    private static readonly Dictionary<string, AlertState> Words = Enum.GetValues<AlertState>().ToDictionary(state => JsonNamingPolicy.CamelCase.ConvertName($"{state}"));

    public sealed record Page(IReadOnlyList<AlertView> Alerts, Guid? Before);

    /// <param name="Audience">Null once retention has removed it.</param>
    public sealed record Detail(AlertView Alert, Audience? Audience);

    public sealed record Change(int Version, DateTimeOffset At, string Actor, string Action, JsonElement? Before);

    /// <param name="state">Only those in this state, by the word that an alert has for it.</param>
    /// <param name="before">Those older than this one; the last of the page before.</param>
    /// <param name="limit">1 to 100.</param>
    public static async Task<Results<Ok<Page>, ProblemHttpResult>> List(
        AlertCaller caller, NotifierDb db, CancellationToken cancellationToken, string? state = null, Guid? before = null, int limit = 20)
    {
        var size = Math.Clamp(limit, 1, Most);
        AlertState? wanted = null;
        if (state is not null)
        {
            if (!Words.TryGetValue(state, out var known))
            {
                return Problems.Invalid("state", "unknown");
            }
            wanted = known;
        }
        return TypedResults.Ok(await db.InOrganisationAsync(caller.Organisation, async token =>
        {
            var alerts = await db.Alerts.AsNoTracking()
                .Where(a => (wanted == null || a.State == wanted) && (before == null || a.Id.CompareTo(before.Value) < 0))
                .OrderByDescending(a => a.Id).Take(size).ToListAsync(token);
            var counts = await AlertCounts.OfAsync(db, alerts.ConvertAll(a => a.Id), token);
            return new Page(alerts.ConvertAll(a => AlertView.Of(a, counts.GetValueOrDefault(a.Id, AlertCounts.None))), alerts.Count == size ? alerts[^1].Id : null);
        }, cancellationToken));
    }

    public static async Task<Results<Ok<Detail>, ProblemHttpResult>> One(
        Guid id, AlertCaller caller, NotifierDb db, PersonalData personal, HttpResponse response, CancellationToken cancellationToken)
    {
        var detail = await db.InOrganisationAsync(caller.Organisation, async token =>
        {
            if (await db.Alerts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, token) is not { } alert)
            {
                return null;
            }
            var found = new Detail(AlertView.Of(alert, await AlertCounts.OfAsync(db, id, token)), Open(alert, personal));
            if (found.Audience?.Phones is { Count: > 0 } phones)
            {
                // Areas and streets name nobody; numbers do.
                await caller.TellAsync(db, "alert-phones-read", id, $"{phones.Count} phones", token);
            }
            return found;
        }, cancellationToken);
        if (detail is null)
        {
            return AlertCaller.NotFound();
        }
        response.Headers.ETag = $"\"{detail.Alert.Version}\"";
        return TypedResults.Ok(detail);
    }

    public static async Task<Results<Ok<List<Change>>, ProblemHttpResult>> History(Guid id, AlertCaller caller, NotifierDb db, CancellationToken cancellationToken)
    {
        var changes = await db.InOrganisationAsync(caller.Organisation, token => db.AlertHistory.AsNoTracking().Where(h => h.AlertId == id).OrderBy(h => h.Id)
            .Select(h => new Change(h.Version, h.At, h.Actor, h.Action, h.Before == null ? null : JsonSerializer.SerializeToElement(h.Before, JsonSerializerOptions.Web))).ToListAsync(token), cancellationToken);
        return changes.Count == 0 ? AlertCaller.NotFound() : TypedResults.Ok(changes);
    }

    private static Audience? Open(Alert alert, PersonalData personal) =>
        alert.Audience is { } box ? JsonSerializer.Deserialize<Audience>(personal.Open(alert.OrganisationId, box), JsonSerializerOptions.Web) : null;
}
