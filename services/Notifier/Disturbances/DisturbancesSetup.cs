namespace Ums.Notifier.Disturbances;

internal static class DisturbancesSetup
{
    public static IHostApplicationBuilder AddDisturbances(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ShownDisturbances>();
        return builder;
    }

    /// <summary>For anybody: what thousands of phones were told is no secret, and nothing here says whose they are.</summary>
    public static void MapDisturbances(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("").WithTags("Disturbances").AllowAnonymous();
        open.MapGet("/api/alert-codes/{code}", ExplainAlert.Handle)
            .WithSummary("The alert that a message with this code is of: who sent it, when, why, and what it said.");
        open.MapGet("/api/disturbances/{organisation:guid}", ListDisturbances.Handle)
            .WithSummary("What an organisation tells its area just now. Kept for five seconds; asks for If-None-Match.")
            .Produces(StatusCodes.Status304NotModified);
    }
}
