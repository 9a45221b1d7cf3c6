using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Ums.ServiceDefaults.Http;

namespace Ums.ServiceDefaults.Tokens;

public static class FreshSignIn
{
    /// <summary>So long after an operator has proved who they are, what matters needs no further proof.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The route does something that matters. An operator whose proof is old is told <c>sign-in-again</c> (403), confirms with <c>/api/operator/confirm</c>, and
    /// comes again with a new token. Programs prove who they are with each token and pass.
    /// </summary>
    public static RouteHandlerBuilder RequireFreshSignIn(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
        IsFresh(context.HttpContext.User, context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
            ? await next(context)
            : Problems.Problem(StatusCodes.Status403Forbidden, "sign-in-again", "This needs a sign-in of the last few minutes. Confirm who you are and try again."));

    public static bool IsFresh(ClaimsPrincipal user, DateTimeOffset now) =>
        !user.IsOperator() || (long.TryParse(user.FindFirstValue(Claims.SignedInAt), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && DateTimeOffset.FromUnixTimeSeconds(seconds) + Lasts > now);
}
