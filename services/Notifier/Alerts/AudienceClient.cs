using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Polly;
using Ums.Messages.Commands;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Alerts;

/// <summary>Asks Contacts how many phones an audience has just now.</summary>
internal sealed class AudienceClient(HttpClient http)
{
    /// <summary>Counting a million people takes some seconds, and on a bad day some more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public sealed record Count(int Phones, int Mobiles, int Landlines);

    /// <returns>The count; or what Contacts finds wrong with the audience, or that it does not answer.</returns>
    public async Task<(Count?, ProblemHttpResult?)> CountAsync(Guid organisation, Audience audience, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri("internal/audiences/count", UriKind.Relative), new { organisationId = organisation, audience }, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.BadRequest)
            {
                var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>(cancellationToken);
                return (null, TypedResults.Problem(problem!));
            }
            return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Count>(cancellationToken), null);
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, Problems.Problem(StatusCodes.Status503ServiceUnavailable, "contacts-away", "The register does not answer just now. The alert is kept; try again in a moment."));
        }
    }
}
