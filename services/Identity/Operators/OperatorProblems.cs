using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Identity.Limits;
using Ums.ServiceDefaults.Http;

namespace Ums.Identity.Operators;

internal static class OperatorProblems
{
    public static ProblemHttpResult Wrong() =>
        Problems.Problem(StatusCodes.Status403Forbidden, "wrong-credentials", "The address, the password or the code is wrong.");

    public static ProblemHttpResult TooMany(HttpContext http, Refusal refusal, DateTimeOffset now)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling((refusal.FreeAt - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Problem(StatusCodes.Status429TooManyRequests, "too-many-sign-ins", "Too many tries. Wait, and try again.");
    }

    public static ProblemHttpResult UnknownInvitation() =>
        Problems.Problem(StatusCodes.Status404NotFound, "unknown-invitation", "The link has been used, has run out or never was one.");

    public static ProblemHttpResult UnknownPerson() =>
        Problems.Problem(StatusCodes.Status404NotFound, "unknown-operator", "Nobody of that id works for the organisation here.");

    public static ProblemHttpResult LastAdministrator() =>
        Problems.Problem(StatusCodes.Status409Conflict, "last-administrator", "This is the organisation's last administrator. Make somebody else one first.");
}
