using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Notifier.Disturbances;

/// <summary>
/// What an organisation tells its area just now, for anybody. Only what has been approved and is being sent or has been: no drafts, no tests, nothing that went
/// to a list alone. What was stopped or taken back says so as long as it would have held.
/// </summary>
internal static class ListDisturbances
{
    private const int Most = 100;

    public sealed record Response(IReadOnlyList<Disturbance> Disturbances);

    public static async Task<Results<Ok<Response>, StatusCodeHttpResult>> Handle(
        Guid organisation, NotifierDb db, ShownDisturbances shown, PersonalData personal, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var (response, tag) = await shown.OfAsync(organisation, token => ReadAsync(organisation, db, personal, clock.GetUtcNow(), token), cancellationToken);
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = $"public, max-age={(int)ShownDisturbances.Fresh.TotalSeconds}";
        return EntityTagHeaderValue.TryParseList(http.Request.Headers.IfNoneMatch, out var known) && known.Any(one => one.Tag == tag || one.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(response);
    }

    private static async Task<Response> ReadAsync(Guid organisation, NotifierDb db, PersonalData personal, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alerts = await db.InOrganisationAsync(organisation, async token =>
        {
            var live = await db.Alerts.AsNoTracking()
                .Where(a => !a.Test && a.StartedAt != null && a.ExpiresAt > now && a.Content != null)
                .OrderByDescending(a => a.StartedAt).Take(Most).ToListAsync(token);
            // A correction may outlive what it corrects: then both are told once more.
            var missing = live.Select(a => a.Corrects).OfType<Guid>().Except(live.Select(a => a.Id)).ToList();
            live.AddRange(await db.Alerts.AsNoTracking().Where(a => missing.Contains(a.Id) && a.Content != null).ToListAsync(token));
            return live;
        }, cancellationToken);
        var corrections = alerts.Where(a => a.Corrects is not null).ToLookup(a => a.Corrects!.Value);
        return new Response([.. alerts
            .Where(alert => alert.Corrects is null || !alerts.Exists(other => other.Id == alert.Corrects))
            .Select(alert => (Alert: alert, Area: DisturbanceArea.Of(alert, personal), Correction: corrections[alert.Id].MaxBy(c => c.StartedAt)))
            .Where(one => one.Area is not { IsListOnly: true } || one.Alert.Corrects is not null)
            .OrderByDescending(one => one.Correction?.StartedAt ?? one.Alert.StartedAt)
            .Select(one => Disturbance.Of(one.Alert, one.Area, one.Correction, now))]);
    }
}

/// <summary>The lists as they were told a few seconds ago: after an alert the whole town looks at once.</summary>
internal sealed class ShownDisturbances(TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private const int MostOrganisations = 2000;
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostOrganisations });

    /// <returns>The list and its entity tag, which is that of its content.</returns>
    public async Task<(ListDisturbances.Response Response, string Tag)> OfAsync(
        Guid organisation, Func<CancellationToken, Task<ListDisturbances.Response>> read, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue<(ListDisturbances.Response Response, string Tag, long At)>(organisation, out var found) && clock.GetElapsedTime(found.At) < Fresh)
        {
            return (found.Response, found.Tag);
        }
        var response = await read(cancellationToken);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(response, JsonSerializerOptions.Web)).AsSpan(0, 16))}\"";
        kept.Set(organisation, (response, tag, clock.GetTimestamp()), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Fresh });
        return (response, tag);
    }

    public void Dispose() => kept.Dispose();
}
