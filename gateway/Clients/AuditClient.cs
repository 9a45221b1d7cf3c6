using System.Globalization;
using System.Text;

namespace Ums.Gateway.Clients;

/// <summary>The audit of one service. Each service keeps its own, and answers alike.</summary>
internal sealed class AuditClient(IHttpClientFactory clients)
{
    /// <summary>Where each service's audit is, by the service's resource name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["identity"] = "/api/audit", ["contacts"] = "/api/audit/contacts", ["notifier"] = "/api/audit/alerts",
    };

    public Task<Answer<AuditPage>> ReadAsync(string service, AuditSearch search, long? before, int limit, CancellationToken cancellationToken)
    {
        var query = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Paths[service]}?limit={limit}");
        Add("actor", search.Actor);
        Add("person", search.Person?.ToString());
        Add("from", search.From?.ToString("O", CultureInfo.InvariantCulture));
        Add("to", search.To?.ToString("O", CultureInfo.InvariantCulture));
        Add("before", before?.ToString(CultureInfo.InvariantCulture));
        return new Caller(clients.CreateClient($"audit of {service}"), service).ReadAsync(query.ToString(), cancellationToken);

        void Add(string name, string? value) => query.Append(value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}");
    }

    private sealed class Caller(HttpClient http, string service) : ServiceClient(http, service)
    {
        public Task<Answer<AuditPage>> ReadAsync(string path, CancellationToken cancellationToken) =>
            CallAsync<AuditPage>(HttpMethod.Get, path, cancellationToken: cancellationToken);
    }
}

/// <param name="Actor">The operator's id.</param>
internal sealed record AuditSearch(string? Actor, Guid? Person, DateTimeOffset? From, DateTimeOffset? To);

internal sealed record AuditPage(AuditEntry[] Entries, long? Before);

internal sealed record AuditEntry(
    long Position, DateTimeOffset At, string Actor, string ActorId, string Action, Guid? PersonId, string? Target, string? Detail, string? Reason);
