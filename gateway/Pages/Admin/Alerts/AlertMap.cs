using Ums.Gateway.Clients;
using Ums.Gateway.OperatorSessions;
using Ums.Gateway.Security;

namespace Ums.Gateway.Pages.Admin.Alerts;

/// <summary>Where an alert has come how far, for the map on the page that shows it.</summary>
internal static class AlertMap
{
    public static void MapAlertMap(this IEndpointRouteBuilder routes) => routes
        .MapGet("/admin/varningar/{id:guid}/karta", Handle)
        .RequireAuthorization(OperatorSession.Policy).RequireRateLimiting(Limits.Pages);

    private static async Task<IResult> Handle(Guid id, AlertsClient alerts, CancellationToken cancellationToken)
    {
        try
        {
            return (await alerts.MapAsync(id, cancellationToken)).Value is { } map ? Results.Json(map) : Results.NotFound();
        }
        catch (ServiceAwayException)
        {
            // The map waits as it is, and asks again.
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
