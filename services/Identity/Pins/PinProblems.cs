using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;

namespace Ums.Identity.Pins;

internal static class PinProblems
{
    public static ProblemHttpResult Refused(PhoneRefusal refusal)
    {
        var (slug, title) = refusal == PhoneRefusal.NotAllowed
            ? ("phone-not-allowed", "We do not send PINs to this kind of number.")
            : ("invalid-phone", "This is not a telephone number.");
        return Problems.Problem(StatusCodes.Status400BadRequest, slug, title,
            extensions: new Dictionary<string, object?> { ["errors"] = new Dictionary<string, string[]> { ["phone"] = [slug] } });
    }

    public static ProblemHttpResult TooMany(HttpContext http, TimeSpan wait) => Wait(http, "too-many-pins", "Too many PINs were asked for. Try again later.", wait);

    public static ProblemHttpResult TooSoon(HttpContext http, TimeSpan wait) => Wait(http, "resend-too-soon", "The last PIN was sent a moment ago.", wait);

    /// <summary>The assisted path: whoever fails a hundred times in a row needs a person, not another PIN.</summary>
    public static ProblemHttpResult ShutOut() =>
        Problems.Problem(StatusCodes.Status403Forbidden, "too-many-failures", "Too many wrong PINs in a row. The organisation can help without a PIN: contact it.");

    public static ProblemHttpResult Refused(HttpContext http, Admission admission, DateTimeOffset now) =>
        admission.ShutOut ? ShutOut() : TooMany(http, admission.Refusal!.FreeAt - now);

    public static ProblemHttpResult UnknownRequest() =>
        Problems.Problem(StatusCodes.Status404NotFound, "unknown-pin-request", "This browser has asked for no such PIN.");

    private static ProblemHttpResult Wait(HttpContext http, string slug, string title, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Problem(StatusCodes.Status429TooManyRequests, slug, title);
    }
}
