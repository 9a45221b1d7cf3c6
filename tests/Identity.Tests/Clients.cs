using System.Net;
using System.Net.Http.Json;

namespace Ums.Identity.Tests;

/// <summary>Programs that sign in with their own secret.</summary>
internal static class Clients
{
    public static async Task<HttpResponseMessage> AskAsync(HttpClient client, string id, string secret, string? scope)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret };
        if (scope is not null)
            form["scope"] = scope;
        using var content = new FormUrlEncodedContent(form);
        return await client.PostAsync(new Uri("/connect/token", UriKind.Relative), content);
    }

    public static async Task<HttpClient> OfServiceAsync(IdentityFixture identity, string service, string scope)
    {
        using var response = await AskAsync(identity.Client, service, "test-secret-of-" + service, scope);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return identity.ClientWith((await response.Content.ReadFromJsonAsync<TokenAnswer>())!.AccessToken!);
    }
}
