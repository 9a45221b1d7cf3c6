using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Tokens;

namespace Ums.Identity.Sessions;

internal static class SessionsApi
{
    public static IHostApplicationBuilder AddSessions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<LiveSessions>();
        return builder;
    }

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/internal/sessions/{sid:guid}", CheckSession).RequireScope(Scopes.SessionCheck).WithTags("Sessions").WithName(nameof(CheckSession));
        routes.MapPost("/connect/logout", EndSession).RequireScope(Scopes.Contact).WithTags("Tokens").WithName(nameof(EndSession));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CheckSession(Guid sid, LiveSessions sessions, CancellationToken cancellationToken) =>
        await sessions.TouchAsync(sid, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Problem(StatusCodes.Status404NotFound, "session-ended", "The session has ended.");

    /// <summary>Signing out twice is no fault.</summary>
    private static async Task<NoContent> EndSession(ClaimsPrincipal user, LiveSessions sessions, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(Guid.Parse(user.Required(ServiceDefaults.Tokens.Claims.Session)), cancellationToken);
        return TypedResults.NoContent();
    }
}
