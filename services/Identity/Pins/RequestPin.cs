using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;
using Ums.Identity.Askers;
using Ums.Identity.Captcha;
using Ums.Identity.Organisations;
using Ums.Identity.Sessions;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;
using Ums.ServiceDefaults.Tokens;
using Claims = Ums.ServiceDefaults.Tokens.Claims;

namespace Ums.Identity.Pins;

/// <summary>
/// A PIN is wanted for a number. Whether anybody knows the number is not even asked here, so the answer cannot tell.
/// </summary>
internal static class RequestPin
{
    /// <param name="Organisation">The slug.</param>
    /// <param name="Phone">As people write it.</param>
    /// <param name="Role"><c>private</c> or <c>company</c>.</param>
    /// <param name="Captcha">The solved challenge; <c>noscript</c> where none could be solved, which few may. Not needed with <c>add-phone</c>.</param>
    /// <param name="Purpose"><c>sign-in</c> (also where left out) or <c>add-phone</c>, which a signed-in resident may.</param>
    public sealed record Request(string? Organisation, string? Phone, string? Role, string? Captcha, string? Purpose)
    {
        /// <summary>Holds a telephone number, so its text form says nothing.</summary>
        public override string ToString() => nameof(Request);
    }

    /// <param name="ResendAfter">Before this a resend is refused.</param>
    /// <param name="Digits">Six, or eight while many PINs are being guessed.</param>
    public sealed record Response(Guid PinRequestId, string Channel, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter, int Digits);

    public static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        Request request, HttpContext http, IdentityDb db, ClientNetwork networks, ICaptcha captcha, LiveSessions sessions, PinLimits limits, PinSecret secret,
        PinOutbox outbox, PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Faults(request) is { Count: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }
        var purpose = request.Purpose == "add-phone" ? PinPurpose.AddPhone : PinPurpose.SignIn;
        var resident = purpose == PinPurpose.AddPhone ? await ResidentAsync(http, sessions, cancellationToken) : null;
        if (purpose == PinPurpose.AddPhone && resident is null)
        {
            return Problems.Problem(StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in to add a number.");
        }
        if (await db.Organisations.ActiveAsync(request.Organisation!, cancellationToken) is not { } organisation
            || resident is not null && resident.OrganisationId() != organisation.Id)
        {
            return GetOrganisation.Unknown();
        }
        if (!PhoneNumber.TryParse(request.Phone, organisation.NorwegianNumbers, out var phone, out var refusal))
        {
            return PinProblems.Refused(refusal);
        }

        var noScript = resident is null && request.Captcha == ICaptcha.NoScript;
        var verdict = resident is not null || noScript
            ? CaptchaVerdict.Passed
            : await captcha.VerifyAsync(request.Captcha!, BrowserCookie.Read(http), cancellationToken);
        if (verdict == CaptchaVerdict.Failed)
        {
            return Problems.Problem(StatusCodes.Status400BadRequest, "captcha-failed", "The captcha was not solved, or its answer is too old or used.");
        }
        var asker = new Asker(BrowserCookie.Ensure(http), networks.Of(http));
        var admission = await limits.AdmitAsync(new PinWish(phone!, asker, organisation.Id, noScript, verdict == CaptchaVerdict.Unavailable), cancellationToken);
        if (admission.Refusal is not null)
        {
            return PinProblems.Refused(http, admission, clock.GetUtcNow());
        }

        var now = clock.GetUtcNow();
        var pin = Pin.Random(admission.PinLength);
        var row = new PinRequest
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = organisation.Id,
            Purpose = purpose,
            Kind = resident?.Required(Claims.Kind) ?? request.Role!,
            Subject = resident is null ? null : Guid.Parse(resident.Required(Claims.Subject)),
            Channel = PinRequest.ChannelFor(phone!),
            PhoneSealed = personal.Seal(organisation.Id, phone!.E164),
            PhoneIndex = personal.Index(organisation.Id, phone.E164),
            BrowserHash = asker.Browser,
            FailuresOf = admission.FailuresOf,
            CreatedAt = now,
        };
        row.Renew(pin, secret, row.Channel, now);
        await db.InOrganisationAsync(organisation.Id, async token =>
        {
            db.PinRequests.Add(row);
            if (!admission.Withhold)
            {
                outbox.Add(row, organisation, phone, pin);
            }
            return await db.SaveChangesAsync(token);
        }, cancellationToken);
        return TypedResults.Accepted((string?)null, new Response(row.Id, row.Channel, row.ExpiresAt, row.ResendAfter, admission.PinLength));
    }

    private static Dictionary<string, string[]> Faults(Request request)
    {
        var faults = new Dictionary<string, string[]>();
        Check("organisation", string.IsNullOrWhiteSpace(request.Organisation) ? "required" : request.Organisation.Length > 60 ? "too-long" : null);
        Check("phone", string.IsNullOrWhiteSpace(request.Phone) ? "required" : request.Phone.Length > 40 ? "too-long" : null);
        Check("role", request.Role is "private" or "company" || request.Purpose == "add-phone" ? null : "unknown");
        Check("purpose", request.Purpose is null or "sign-in" or "add-phone" ? null : "unknown");
        Check("captcha", request.Purpose == "add-phone" ? null : string.IsNullOrWhiteSpace(request.Captcha) ? "required" : request.Captcha.Length > 8192 ? "too-long" : null);
        return faults;

        void Check(string field, string? fault)
        {
            if (fault is not null)
            {
                faults[field] = [fault];
            }
        }
    }

    /// <summary>The route is open to everybody, so the token is looked at here, where it is wanted.</summary>
    private static async Task<ClaimsPrincipal?> ResidentAsync(HttpContext http, LiveSessions sessions, CancellationToken cancellationToken) =>
        await http.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme) is { Succeeded: true, Principal: var user }
        && user.HasScope(Scopes.Contact)
        && await sessions.TouchAsync(Guid.Parse(user.Required(Claims.Session)), cancellationToken)
            ? user
            : null;
}
