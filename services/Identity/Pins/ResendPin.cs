using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Identity.Askers;
using Ums.ServiceDefaults.Http;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Pins;

/// <summary>The PIN did not come: a new one, by SMS again or as a call. The old one is void from here on.</summary>
internal static class ResendPin
{
    /// <param name="Channel"><c>sms</c> or, for any number, <c>voice</c>.</param>
    public sealed record Request(string? Channel);

    public static async Task<Results<Accepted<RequestPin.Response>, ProblemHttpResult>> Handle(
        Guid id, Request request, HttpContext http, IdentityDb db, ClientNetwork networks, PinLimits limits, PinSecret secret, PinOutbox outbox,
        PersonalData personal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.Channel is not ("sms" or "voice"))
        {
            return Problems.Invalid("channel", "unknown");
        }
        var now = clock.GetUtcNow();
        var browser = BrowserCookie.Read(http);
        var row = await db.AcrossOrganisationsAsync(
            token => db.PinRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, token), cancellationToken);
        if (row is null || browser is null || !CryptographicOperations.FixedTimeEquals(row.BrowserHash, browser)
            || row.UsedAt is not null || now > row.CreatedAt + PinRequest.Resendable)
        {
            return PinProblems.UnknownRequest();
        }
        var phone = PhoneNumber.Parse(personal.Open(row.OrganisationId, row.PhoneSealed));
        if (phone.Kind == PhoneKind.Landline && request.Channel == "sms")
        {
            return Problems.Invalid("channel", "landline");
        }
        if (now < row.ResendAfter)
        {
            return PinProblems.TooSoon(http, row.ResendAfter - now);
        }
        if (row.Sends >= PinRequest.MostSends)
        {
            return PinProblems.TooMany(http, row.CreatedAt + PinRequest.Resendable - now);
        }
        var admission = await limits.AdmitAsync(new PinWish(phone, new Asker(browser, networks.Of(http)), row.OrganisationId), cancellationToken);
        if (admission.Refusal is not null)
        {
            return PinProblems.Refused(http, admission, now);
        }
        var (pin, sends) = (Pin.Random(admission.PinLength), row.Sends);
        row.Renew(pin, secret, request.Channel, now);
        var renewed = await db.InOrganisationAsync(row.OrganisationId, async token =>
        {
            // The count of sends is the verdict: of two resends at once, one finds that the other was first.
            var rows = await db.PinRequests.Where(r => r.Id == id && r.Sends == sends && r.UsedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.Sends, row.Sends).SetProperty(r => r.Channel, row.Channel).SetProperty(r => r.DeliveryId, row.DeliveryId)
                .SetProperty(r => r.Salt, row.Salt).SetProperty(r => r.PinHash, row.PinHash).SetProperty(r => r.Checks, row.Checks)
                .SetProperty(r => r.SentAt, row.SentAt).SetProperty(r => r.ExpiresAt, row.ExpiresAt)
                .SetProperty(r => r.FailuresOf, admission.FailuresOf), token);
            if (rows == 1 && !admission.Withhold)
            {
                var organisation = await db.Organisations.SingleAsync(o => o.Id == row.OrganisationId, token);
                outbox.Add(row, organisation, phone, pin);
                await db.SaveChangesAsync(token);
            }
            return rows == 1;
        }, cancellationToken);
        return renewed
            ? TypedResults.Accepted((string?)null, new RequestPin.Response(row.Id, row.Channel, row.ExpiresAt, row.ResendAfter, admission.PinLength))
            : PinProblems.TooSoon(http, row.ResendAfter - now);
    }
}
