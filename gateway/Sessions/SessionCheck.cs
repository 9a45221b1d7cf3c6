using System.Net;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Ums.Gateway.Clients;

namespace Ums.Gateway.Sessions;

/// <summary>Asks Identity whether a session still lives. Asked at every request: a sign-out anywhere counts everywhere at once.</summary>
internal sealed class SessionCheck(HttpClient http)
{
    public Task<bool> LivesAsync(string session, CancellationToken cancellationToken) => AskAsync("sessions", session, cancellationToken);

    public Task<bool> OperatorLivesAsync(string session, CancellationToken cancellationToken) => AskAsync("operator-sessions", session, cancellationToken);

    private async Task<bool> AskAsync(string kind, string session, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(session, out var id))
        {
            return false;
        }
        try
        {
            using var response = await http.GetAsync($"/internal/{kind}/{id}", cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.NoContent or HttpStatusCode.OK => true,
                HttpStatusCode.NotFound => false,
                _ => throw new ServiceAwayException("Identity"),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or BrokenCircuitException or TimeoutRejectedException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ServiceAwayException("Identity", failure);
        }
    }
}
