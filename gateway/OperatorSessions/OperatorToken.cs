using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;

namespace Ums.Gateway.OperatorSessions;

/// <summary>Lets calls to the services go out on behalf of the operator who is signed in.</summary>
internal sealed class OperatorToken(IHttpContextAccessor current) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && await current.HttpContext!.GetTokenAsync(OperatorSession.Scheme, OperatorSession.AccessToken) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return await base.SendAsync(request, cancellationToken);
    }
}
