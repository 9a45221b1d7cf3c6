using System.Net.Http.Headers;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Ums.Gateway.Clients;

/// <summary>An alert's progress as Notifier tells it, event by event.</summary>
internal sealed class AlertWatch(HttpClient http)
{
    /// <returns>The answer as soon as its head is there; null where there is no such alert for the operator.</returns>
    /// <exception cref="ServiceAwayException">Notifier does not answer.</exception>
    public async Task<HttpResponseMessage?> OpenAsync(Guid id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/alerts/{id}/progress");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }
            using (response)
            {
                return (int)response.StatusCode < 500 ? null : throw new ServiceAwayException("Notifier");
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or BrokenCircuitException or TimeoutRejectedException)
        {
            throw new ServiceAwayException("Notifier", failure);
        }
    }
}
