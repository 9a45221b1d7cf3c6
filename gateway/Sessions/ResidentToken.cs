using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;

namespace Ums.Gateway.Sessions;

/// <summary>Lets calls to the services go out on behalf of whoever is signed in.</summary>
internal sealed class ResidentToken(IHttpContextAccessor current) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await current.HttpContext!.GetTokenAsync(Session.Scheme, Session.AccessToken);
        request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", token);
        return await base.SendAsync(request, cancellationToken);
    }
}
