using System.Globalization;

namespace Ums.Gateway.Clients;

/// <summary>The operator's own organisation at Identity: its settings, people, programs and provider.</summary>
internal sealed class OrganisationClient(HttpClient http) : ServiceClient(http, "Identity")
{
    public Task<Answer<OrganisationSettings>> SettingsAsync(string slug, CancellationToken cancellationToken) =>
        CallAsync<OrganisationSettings>(HttpMethod.Get, Path(slug, "settings"), cancellationToken: cancellationToken);

    /// <param name="settings">With the version that the writer has seen.</param>
    public Task<Answer<object>> ChangeSettingsAsync(OrganisationSettings settings, CancellationToken cancellationToken) => CallAsync<object>(
        HttpMethod.Put, Path(settings.Slug, "settings"), settings, null,
        request => request.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{settings.Version}\"")), Nothing, cancellationToken);

    /// <summary>Who is behind an operator's id. It only makes a page better to read, so the page does without where Identity is away.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(string? slug, CancellationToken cancellationToken)
    {
        try
        {
            var answer = slug is null ? null : (await CallAsync<ColleagueList>(HttpMethod.Get, Path(slug, "colleagues"), cancellationToken: cancellationToken)).Value;
            return answer?.Colleagues.ToDictionary(one => one.Id.ToString(), one => one.Name) ?? [];
        }
        catch (ServiceAwayException)
        {
            return new Dictionary<string, string>();
        }
    }

    public Task<Answer<Staffing>> PeopleAsync(string slug, CancellationToken cancellationToken) =>
        CallAsync<Staffing>(HttpMethod.Get, Path(slug, "people"), cancellationToken: cancellationToken);

    public Task<Answer<InvitationLink>> InviteAsync(string slug, string email, string name, string[] roles, CancellationToken cancellationToken) =>
        CallAsync<InvitationLink>(HttpMethod.Post, Path(slug, "invitations"), new { email, name, roles }, cancellationToken: cancellationToken);

    public Task<Answer<object>> WithdrawAsync(string slug, Guid invitation, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Delete, Path(slug, $"invitations/{invitation}"), null, cancellationToken);

    public Task<Answer<object>> ChangeRolesAsync(string slug, Guid person, string[] roles, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Put, Path(slug, $"people/{person}"), new { roles }, cancellationToken);

    public Task<Answer<object>> RemovePersonAsync(string slug, Guid person, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Delete, Path(slug, $"people/{person}"), null, cancellationToken);

    public Task<Answer<ApiClients>> ClientsAsync(string slug, CancellationToken cancellationToken) =>
        CallAsync<ApiClients>(HttpMethod.Get, Path(slug, "clients"), cancellationToken: cancellationToken);

    public Task<Answer<ClientCredentials>> CreateClientAsync(string slug, string name, string[] scopes, CancellationToken cancellationToken) =>
        CallAsync<ClientCredentials>(HttpMethod.Post, Path(slug, "clients"), new { name, scopes }, cancellationToken: cancellationToken);

    public Task<Answer<ClientCredentials>> RotateSecretAsync(string slug, string client, CancellationToken cancellationToken) =>
        CallAsync<ClientCredentials>(HttpMethod.Post, Path(slug, $"clients/{Uri.EscapeDataString(client)}/secret"), cancellationToken: cancellationToken);

    public Task<Answer<object>> RevokeClientAsync(string slug, string client, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Delete, Path(slug, $"clients/{Uri.EscapeDataString(client)}"), null, cancellationToken);

    public Task<Answer<OwnProvider>> ProviderAsync(string slug, CancellationToken cancellationToken) =>
        CallAsync<OwnProvider>(HttpMethod.Get, Path(slug, "provider"), cancellationToken: cancellationToken);

    /// <param name="secret">Null where the one that is there stays.</param>
    public Task<Answer<object>> SetProviderAsync(string slug, string issuer, string clientId, string? secret, string emailClaim, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Put, Path(slug, "provider"), new { issuer, clientId, secret, emailClaim }, cancellationToken);

    public Task<Answer<object>> RemoveProviderAsync(string slug, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Delete, Path(slug, "provider"), null, cancellationToken);

    private Task<Answer<object>> DoAsync(HttpMethod verb, string path, object? body, CancellationToken cancellationToken) =>
        CallAsync(verb, path, body, read: Nothing, cancellationToken: cancellationToken);

    private static Task<object?> Nothing(HttpResponseMessage response, CancellationToken cancellationToken) => Task.FromResult<object?>(null);

    private static string Path(string slug, string rest) => $"/api/organisations/{Uri.EscapeDataString(slug)}/{rest}";
}

/// <summary>As Identity keeps them; what is sent back is all of them.</summary>
internal sealed record OrganisationSettings(
    string Slug, string Name, string Kind, string DirectLink, string[] MunicipalityCodes, string SmsSenderName, string VoiceCallerId, string Language,
    bool NorwegianNumbers, string[] Categories, long Version);

internal sealed record ColleagueList(Colleague[] Colleagues);

/// <param name="Id">The operator's.</param>
internal sealed record Colleague(Guid Id, string Name);

internal sealed record Staffing(StaffMember[] People, Invited[] Invitations);

internal sealed record StaffMember(Guid Id, string Name, string Email, string[] Roles, DateTimeOffset Since);

internal sealed record Invited(Guid Id, string Name, string Email, string[] Roles, DateTimeOffset ExpiresAt);

internal sealed record InvitationLink(Guid Id, string Link, DateTimeOffset ExpiresAt);

/// <param name="Scopes">Those that a program may be given.</param>
internal sealed record ApiClients(ApiClient[] Clients, string[] Scopes);

internal sealed record ApiClient(string ClientId, string Name, string[] Scopes, DateTimeOffset CreatedAt, DateTimeOffset? RotatedAt, DateTimeOffset? RevokedAt);

/// <param name="ClientId">Null where only the secret is new.</param>
internal sealed record ClientCredentials(string? ClientId, string Secret);

internal sealed record OwnProvider(string Issuer, string ClientId, string EmailClaim, string RedirectUri, DateTimeOffset SetAt);
