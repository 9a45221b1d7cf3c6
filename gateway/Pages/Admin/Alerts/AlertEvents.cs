using Microsoft.AspNetCore.Http.Features;
using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.Gateway.Security;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>An alert's progress to the page that shows it, as server-sent events by the operator's own session.</summary>
internal static class AlertEvents
{
    /// <summary>Then the browser comes again, and the session is asked for again: who has signed out stops seeing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static void MapAlertEvents(this IEndpointRouteBuilder routes) => routes
        .MapGet("/admin/varningar/{id:guid}/handelser", Handle)
        .RequireAuthorization(OperatorSession.Policy).RequireRateLimiting(Limits.Pages).DisableRequestTimeout();

    private static async Task Handle(Guid id, HttpContext http, AlertWatch watch, TimeProvider clock)
    {
        using var minute = new CancellationTokenSource(Longest, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, minute.Token);
        using var answer = await watch.OpenAsync(id, end.Token);
        if (answer is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        http.Response.ContentType = "text/event-stream";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await (await answer.Content.ReadAsStreamAsync(end.Token)).CopyToAsync(http.Response.Body, end.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or HttpRequestException)
        {
            // The minute is over, the reader has gone, or Notifier has: the browser comes again by itself.
        }
    }
}
