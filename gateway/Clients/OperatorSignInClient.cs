using System.Text.Json.Serialization;

namespace Ums.Gateway.Clients;

/// <summary>Operators' sign-in and invitations at Identity, where nobody is signed in yet.</summary>
internal sealed class OperatorSignInClient(HttpClient http, IHttpContextAccessor current) : ServiceClient(http, "Identity")
{
    public Task<Answer<Ticket>> SignInAsync(string email, string password, string code, CancellationToken cancellationToken) =>
        AskAsync<Ticket>("operators/sign-in", new { email, password, code }, cancellationToken);

    public Task<Answer<PasskeyQuestion>> AskPasskeyAsync(CancellationToken cancellationToken) =>
        AskAsync<PasskeyQuestion>("operators/passkey/options", new { }, cancellationToken);

    public Task<Answer<Ticket>> SignInAsync(System.Text.Json.JsonElement credential, string? challenge, CancellationToken cancellationToken) =>
        AskAsync<Ticket>("operators/passkey", new { credential, challenge }, cancellationToken);

    public Task<Answer<Invitation>> ReadInvitationAsync(string token, CancellationToken cancellationToken) =>
        AskAsync<Invitation>("invitations/read", new { token }, cancellationToken);

    public Task<Answer<Accepted>> AcceptInvitationAsync(
        string token, string email, string name, string password, string code, CancellationToken cancellationToken) =>
        AskAsync<Accepted>("invitations/accept", new { token, email, name, password, code }, cancellationToken);

    private Task<Answer<T>> AskAsync<T>(string path, object body, CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Post, $"/internal/{path}", body, null, request => AskingBrowser.Carry(current.HttpContext!, request),
        (response, cancel) =>
        {
            BrowserCookie.BringBack(current.HttpContext!, response);
            return ReadJsonAsync<T>(response, cancel);
        }, cancellationToken);
}

internal sealed record Ticket([property: JsonPropertyName("ticket")] string Value);

/// <param name="Known">There is an account for the address already.</param>
/// <param name="Secret">For the authenticator app, in base 32.</param>
internal sealed record Invitation(string? Email, string? Name, string? Organisation, string[] Roles, bool Known, string Secret);

internal sealed record Accepted(string[] RecoveryCodes);
