namespace Ums.Gateway.Clients;

/// <summary>The organisation's register imports at Contacts: looked at and decided on.</summary>
internal sealed class RegisterClient(HttpClient http) : ServiceClient(http, "Contacts")
{
    public Task<Answer<RegisterImport[]>> ListAsync(CancellationToken cancellationToken) =>
        CallAsync<RegisterImport[]>(HttpMethod.Get, "/api/imports/register", cancellationToken: cancellationToken);

    public Task<Answer<RegisterImport>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<RegisterImport>(HttpMethod.Get, $"/api/imports/register/{id}", cancellationToken: cancellationToken);

    public Task<Answer<RegisterSamples>> SamplesAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<RegisterSamples>(HttpMethod.Get, $"/api/imports/register/{id}/samples", cancellationToken: cancellationToken);

    /// <param name="confirmedGone">How many will go, as the operator typed it.</param>
    public Task<Answer<object>> ApproveAsync(Guid id, int? confirmedGone, CancellationToken cancellationToken) => DecideAsync(id, "approve", new { confirmedGone }, cancellationToken);

    public Task<Answer<object>> DiscardAsync(Guid id, CancellationToken cancellationToken) => DecideAsync(id, "discard", null, cancellationToken);

    public Task<Answer<object>> RollBackAsync(Guid id, CancellationToken cancellationToken) => DecideAsync(id, "roll-back", null, cancellationToken);

    private Task<Answer<object>> DecideAsync(Guid id, string what, object? body, CancellationToken cancellationToken) => CallAsync<object>(
        HttpMethod.Post, $"/api/imports/register/{id}/{what}", body, read: (_, _) => Task.FromResult<object?>(null), cancellationToken: cancellationToken);
}

/// <param name="Refused">Reason to how many rows.</param>
/// <param name="People">How many of the register there were before.</param>
/// <param name="MustConfirmGone">So many would go that approving says how many.</param>
/// <param name="UndoUntil">Until then it can be rolled back.</param>
internal sealed record RegisterImport(
    Guid Id, string State, string Format, bool Complete, long Bytes, long BytesRead, long RowsRead, long Staged, long Protected, Dictionary<string, long> Refused,
    int? Added, int? Changed, int? Unchanged, int? Gone, int? People, bool MustConfirmGone, string? Fault, long? FaultLine, string SentBy, string? ApprovedBy,
    DateTimeOffset ReceivedAt, DateTimeOffset? ReadyAt, DateTimeOffset? MergedAt, DateTimeOffset? EndedAt, DateTimeOffset? UndoUntil)
{
    public bool UnderWay => State is "received" or "reading" or "approved" or "merging" or "rolling-back";

    /// <summary>While one is, no other is taken.</summary>
    public bool IsOpen => UnderWay || State == "ready";

    public bool MayDiscard => State is "received" or "reading" or "ready" or "approved" or "failed";

    /// <summary>Of a hundred; nothing where it cannot be said.</summary>
    public int? Percent => State is "received" or "reading" && Bytes > 0 ? (int)(100 * Math.Min(BytesRead, Bytes) / Bytes) : null;

    public long RefusedRows => Refused.Values.Sum();
}

internal sealed record RegisterSamples(RegisterPerson[] Added, RegisterPerson[] Changed, RegisterPerson[] Gone, RefusedRow[] Refused);

/// <param name="Key">The register's own, where the row has one that can be read.</param>
internal sealed record RefusedRow(long Line, string Reason, string? Key, string? Address);

/// <param name="Name">Null where the person hid it.</param>
/// <param name="Before">The main address as it is.</param>
internal sealed record RegisterPerson(string Kind, string? Name, string? Address, string? Before, bool Mobile, bool Landline);
