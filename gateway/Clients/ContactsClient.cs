namespace Ums.Gateway.Clients;

/// <summary>The signed-in resident's own entry. Who that is stands in the token, never in a path.</summary>
internal sealed class ContactsClient(HttpClient http) : ServiceClient(http, "Contacts")
{
    public Task<Answer<Contact>> FindAsync(CancellationToken cancellationToken) => CallAsync<Contact>(HttpMethod.Get, "/api/contact", cancellationToken: cancellationToken);

    public Task<Answer<object>> RegisterAsync(NewContact contact, CancellationToken cancellationToken) => DoAsync(HttpMethod.Post, "", contact, cancellationToken);

    public Task<Answer<object>> HideNameAsync(bool hidden, CancellationToken cancellationToken) => DoAsync(HttpMethod.Put, "/name-visibility", new { hidden }, cancellationToken);

    /// <param name="proof">A token that proves that the resident answers at the new number.</param>
    public Task<Answer<object>> AddPhoneAsync(string proof, Guid? replaces, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Post, "/phones", new { proof, replaces }, cancellationToken);

    public Task<Answer<object>> RemovePhoneAsync(Guid phone, CancellationToken cancellationToken) => DoAsync(HttpMethod.Delete, $"/phones/{phone}", null, cancellationToken);

    public Task<Answer<object>> AddAddressAsync(string addressId, bool main, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Post, "/addresses", new { addressId, main }, cancellationToken);

    public Task<Answer<object>> RemoveAddressAsync(Guid address, CancellationToken cancellationToken) => DoAsync(HttpMethod.Delete, $"/addresses/{address}", null, cancellationToken);

    public Task<Answer<object>> MakeMainAsync(Guid address, CancellationToken cancellationToken) => DoAsync(HttpMethod.Put, $"/addresses/{address}/main", null, cancellationToken);

    public Task<Answer<object>> SwitchAlertsAsync(Guid address, bool enabled, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Put, $"/addresses/{address}/alerts", new { enabled }, cancellationToken);

    /// <summary>The resident's word that their own entry is right.</summary>
    public Task<Answer<object>> ConfirmAsync(CancellationToken cancellationToken) => DoAsync(HttpMethod.Put, "/confirmation", null, cancellationToken);

    public Task<Answer<object>> RemoveEntryAsync(CancellationToken cancellationToken) => DoAsync(HttpMethod.Delete, "", null, cancellationToken);

    public Task<Answer<byte[]>> ExportAsync(CancellationToken cancellationToken) => CallAsync<byte[]>(
        HttpMethod.Get, "/api/contact/export", read: async (response, cancel) => await response.Content.ReadAsByteArrayAsync(cancel), cancellationToken: cancellationToken);

    private Task<Answer<object>> DoAsync(HttpMethod verb, string path, object? body, CancellationToken cancellationToken) =>
        CallAsync<object>(verb, $"/api/contact{path}", body, read: (_, _) => Task.FromResult<object?>(null), cancellationToken: cancellationToken);
}

internal sealed record NewContact(
    string GivenName, string FamilyName, string? BirthDate, string? CompanyName, string? OrganisationNumber, bool NameHidden, string AddressId);

internal sealed record Contact(
    Guid Id, string Kind, string? GivenName, string? FamilyName, string? CompanyName, string? OrganisationNumber, bool NameHidden, string Source, bool IsNew,
    ContactPhone[] Phones, ContactAddress[] Addresses, ContactConfirmation? Confirmation = null)
{
    public bool IsCompany => Kind == "company";

    /// <summary>Nobody has answered for it in time: nothing is sent by it until somebody does.</summary>
    public bool IsPassive => Confirmation?.PassiveAt is not null;
}

/// <param name="ConfirmedAt">When the resident last said that their own entry is right.</param>
/// <param name="AnswerBy">They have been asked; then it becomes passive.</param>
internal sealed record ContactConfirmation(DateTimeOffset ConfirmedAt, DateTimeOffset? RemindedAt, DateTimeOffset? AnswerBy, DateTimeOffset? PassiveAt);

internal sealed record ContactPhone(Guid Id, string Number, string Kind, bool SignedIn)
{
    public bool IsMobile => Kind == "mobile";
}

internal sealed record ContactAddress(
    Guid Id, string AddressId, string Street, int? Number, string? Letter, string? Postcode, string? Place, string? MunicipalityCode, bool Main, bool Alerts,
    long? Gnr, long? Bnr, long? Fnr, long? Snr, double? Latitude, double? Longitude, bool Located);
