using System.Net.Mime;
using System.Text;
using Ums.ServiceDefaults.Messaging;

namespace Ums.Identity.Pins;

/// <summary>Takes a PIN to Notifier over HTTP where the broker does not confirm: a broker that restarts is away for half a minute, a resident is not.</summary>
internal sealed class UrgentRoadToNotifier(IHttpClientFactory clients) : IUrgentRoad
{
    public async Task HandOverAsync(Guid messageId, string type, string payload, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://notifier/internal/messages/pin-requested")
        {
            Content = new StringContent(payload, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        request.Headers.Add("Ums-Message-Id", messageId.ToString());
        using var response = await clients.CreateClient(nameof(UrgentRoadToNotifier)).SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
