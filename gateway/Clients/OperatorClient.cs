namespace Ums.Gateway.Clients;

/// <summary>The signed-in operator's own account at Identity.</summary>
internal sealed class OperatorClient(HttpClient http, IHttpContextAccessor current) : ServiceClient(http, "Identity")
{
    /// <param name="bearer">Where the session is only being opened; otherwise the session's token goes along.</param>
    public Task<Answer<OperatorAccount>> FindAsync(string? bearer, CancellationToken cancellationToken) =>
        CallAsync<OperatorAccount>(HttpMethod.Get, "/api/operator", bearer: bearer, cancellationToken: cancellationToken);

    public Task<Answer<object>> ChooseAsync(string slug, string? reason, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Put, "organisation", new { slug, reason }, cancellationToken);

    public Task<Answer<object>> ConfirmAsync(string password, string code, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Post, "confirm", new { password, code }, cancellationToken);

    public Task<Answer<object>> ChangePasswordAsync(string password, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Put, "password", new { password }, cancellationToken);

    public Task<Answer<Accepted>> RenewRecoveryCodesAsync(CancellationToken cancellationToken) =>
        CallAsync<Accepted>(HttpMethod.Post, "/api/operator/recovery-codes", cancellationToken: cancellationToken);

    public Task<Answer<PasskeyQuestion>> AskPasskeyAsync(CancellationToken cancellationToken) =>
        CallAsync<PasskeyQuestion>(HttpMethod.Post, "/api/operator/passkeys/options", cancellationToken: cancellationToken);

    public Task<Answer<object>> AddPasskeyAsync(string name, System.Text.Json.JsonElement credential, string? challenge, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Post, "passkeys", new { name, credential, challenge }, cancellationToken);

    public Task<Answer<object>> RemovePasskeyAsync(string id, CancellationToken cancellationToken) =>
        DoAsync(HttpMethod.Delete, $"passkeys/{Uri.EscapeDataString(id)}", null, cancellationToken);

    public Task<Answer<object>> SignOutAsync(CancellationToken cancellationToken) => DoAsync(HttpMethod.Post, "sign-out", null, cancellationToken);

    private Task<Answer<object>> DoAsync(HttpMethod verb, string path, object? body, CancellationToken cancellationToken) => CallAsync<object>(
        verb, $"/api/operator/{path}", body, null, request => AskingBrowser.Carry(current.HttpContext!, request), (_, _) => Task.FromResult<object?>(null), cancellationToken);
}

/// <param name="Bound">Signed in by the organisation's own provider.</param>
/// <param name="Organisation">The slug of the one chosen.</param>
internal sealed record OperatorAccount(
    Guid Id, string Name, string Email, bool Staff, bool Bound, string? Organisation, string[] Roles, OperatorPlace[] Organisations, int RecoveryCodesLeft,
    OperatorPasskey[] Passkeys);

internal sealed record OperatorPasskey(string Id, string Name, DateTimeOffset CreatedAt);

/// <param name="Options">For the browser.</param>
/// <param name="Challenge">To be handed in with its answer.</param>
internal sealed record PasskeyQuestion(System.Text.Json.JsonElement Options, string Challenge);

internal sealed record OperatorPlace(string Slug, string Name, string[] Roles);
