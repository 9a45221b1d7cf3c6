using System.Globalization;

namespace Ums.Gateway.Clients;

/// <summary>A line of the audit and the service whose it is.</summary>
internal sealed record LogLine(string Service, AuditEntry Entry);

/// <param name="Cursor">For the next page; null where none follows.</param>
/// <param name="Silent">Services that did not answer; their lines are missing.</param>
internal sealed record LogPage(IReadOnlyList<LogLine> Lines, string? Cursor, IReadOnlyList<string> Silent, Problem? Problem);

/// <summary>
/// The services' audits as one, the newest first. Each is read from where its own lines on the page before ended, so that none is shown twice or left out,
/// whatever comes in meanwhile.
/// </summary>
internal sealed class AuditFeed(AuditClient audit)
{
    /// <param name="cursor">Of the page before, such as <c>identity.40-contacts.7</c>; what cannot be read is the beginning.</param>
    public async Task<LogPage> ReadAsync(AuditSearch search, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var from = Read(cursor);
        // A service that had no more on the page before is not asked again.
        var asked = AuditClient.Paths.Keys.Where(service => from.Count == 0 || from.ContainsKey(service)).ToArray();
        var answers = await Task.WhenAll(asked.Select(service => AskAsync(service, search, from.GetValueOrDefault(service), limit, cancellationToken)));
        if (answers.FirstOrDefault(answer => answer.Problem is not null).Problem is { } problem)
        {
            return new LogPage([], null, [], problem);
        }
        var lines = answers.SelectMany(answer => answer.Page?.Entries.Select(entry => new LogLine(answer.Service, entry)) ?? [])
            .OrderByDescending(line => line.Entry.At).ThenBy(line => line.Service, StringComparer.Ordinal).ThenByDescending(line => line.Entry.Position).Take(limit).ToList();
        var next = new List<string>();
        foreach (var (service, page, _) in answers)
        {
            var shown = lines.Where(line => line.Service == service).Select(line => line.Entry.Position).DefaultIfEmpty(0).Min();
            var left = page is null ? 0 : page.Entries.Length - lines.Count(line => line.Service == service);
            if (left > 0 || page?.Before is not null)
            {
                next.Add(string.Create(CultureInfo.InvariantCulture, $"{service}.{(shown > 0 ? shown : from.GetValueOrDefault(service) ?? 0)}"));
            }
        }
        return new LogPage(lines, next.Count > 0 ? string.Join('-', next) : null, [.. answers.Where(answer => answer.Page is null).Select(answer => answer.Service)], null);
    }

    private async Task<(string Service, AuditPage? Page, Problem? Problem)> AskAsync(
        string service, AuditSearch search, long? before, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await audit.ReadAsync(service, search, before, limit, cancellationToken);
            return (service, answer.Value, answer.Problem);
        }
        catch (ServiceAwayException)
        {
            return (service, null, null);
        }
    }

    /// <summary>Nought stands for a service of which nothing has been shown yet.</summary>
    private static Dictionary<string, long?> Read(string? cursor)
    {
        var from = new Dictionary<string, long?>();
        foreach (var part in cursor is { Length: > 0 and < 120 } ? cursor.Split('-') : [])
        {
            if (part.Split('.') is [var service, var text] && AuditClient.Paths.ContainsKey(service)
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                from[service] = position == 0 ? null : position;
            }
        }
        return from;
    }
}
