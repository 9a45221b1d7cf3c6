using System.Globalization;

namespace Ums.Gateway.Clients;

/// <summary>People's entries at Contacts, on behalf of the operator who is signed in. Whoever changes one says which version they have seen.</summary>
internal sealed class RecordsClient(HttpClient http) : ServiceClient(http, "Contacts")
{
    public Task<Answer<PersonHits>> SearchAsync(PersonSearch search, Guid? after, int limit, CancellationToken cancellationToken) =>
        CallAsync<PersonHits>(HttpMethod.Post, "/api/contacts/search", new { search.Name, search.Phone, search.Address, after, limit }, cancellationToken: cancellationToken);

    public Task<Answer<PersonCard>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        CallAsync<PersonCard>(HttpMethod.Get, $"/api/contacts/{id}", cancellationToken: cancellationToken);

    public Task<Answer<PersonCard>> AddAsync(NewPerson person, CancellationToken cancellationToken) =>
        CallAsync<PersonCard>(HttpMethod.Post, "/api/contacts", person, cancellationToken: cancellationToken);

    public Task<Answer<PersonCard>> CorrectAsync(Guid id, long version, PersonCorrection correction, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, id, "", correction, version, cancellationToken);

    public Task<Answer<PersonCard>> AddPhoneAsync(Guid id, long version, string number, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, id, "/phones", new { number }, version, cancellationToken);

    public Task<Answer<PersonCard>> RemovePhoneAsync(Guid id, long version, Guid phone, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Delete, id, $"/phones/{phone}", null, version, cancellationToken);

    public Task<Answer<PersonCard>> AddAddressAsync(Guid id, long version, string addressId, bool main, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Post, id, "/addresses", new { addressId, main }, version, cancellationToken);

    public Task<Answer<PersonCard>> RemoveAddressAsync(Guid id, long version, Guid address, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Delete, id, $"/addresses/{address}", null, version, cancellationToken);

    public Task<Answer<PersonCard>> MakeMainAsync(Guid id, long version, Guid address, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, id, $"/addresses/{address}/main", null, version, cancellationToken);

    public Task<Answer<PersonCard>> SwitchAlertsAsync(Guid id, long version, Guid address, bool enabled, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, id, $"/addresses/{address}/alerts", new { enabled }, version, cancellationToken);

    /// <param name="what"><c>restriction</c> or <c>objection</c>.</param>
    public Task<Answer<PersonCard>> LimitAsync(Guid id, long version, string what, bool on, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, id, $"/{what}", new { on, reason }, version, cancellationToken);

    /// <summary>The card with what is hidden.</summary>
    public Task<Answer<PersonCard>> UnmaskAsync(Guid id, string reason, CancellationToken cancellationToken) =>
        CallAsync<PersonCard>(HttpMethod.Post, $"/api/contacts/{id}/unmask", new { reason }, cancellationToken: cancellationToken);

    public Task<Answer<byte[]>> ExportAsync(Guid id, string reason, CancellationToken cancellationToken) => CallAsync<byte[]>(
        HttpMethod.Post, $"/api/contacts/{id}/export", new { reason }, read: async (response, cancel) => await response.Content.ReadAsByteArrayAsync(cancel),
        cancellationToken: cancellationToken);

    public Task<Answer<object>> EraseAsync(Guid id, long version, string reason, CancellationToken cancellationToken) => CallAsync<object>(
        HttpMethod.Post, $"/api/contacts/{id}/erase", new { reason }, prepare: Seen(version), read: (_, _) => Task.FromResult<object?>(null), cancellationToken: cancellationToken);

    private Task<Answer<PersonCard>> ChangeAsync(HttpMethod verb, Guid id, string path, object? body, long version, CancellationToken cancellationToken) =>
        CallAsync<PersonCard>(verb, $"/api/contacts/{id}{path}", body, prepare: Seen(version), cancellationToken: cancellationToken);

    private static Action<HttpRequestMessage> Seen(long version) => request =>
        request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));
}
