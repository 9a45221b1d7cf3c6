using Microsoft.EntityFrameworkCore;
using Ums.Identity.Askers;
using Ums.Identity.Sessions;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Phones;
using Ums.ServiceDefaults.Secrets;

namespace Ums.Identity.Pins;

internal enum PinOutcome
{
    Verified,
    Wrong,
    Expired,
    TooManyTries,
    Used,

    /// <summary>The asker has failed too often in a row; nothing was compared.</summary>
    ShutOut,
}

/// <param name="ChecksLeft">How often one may still try; null where that would tell a stranger something.</param>
/// <param name="Request">Where verified.</param>
/// <param name="Session">Where verified for signing in.</param>
internal sealed record PinCheck(PinOutcome Outcome, int? ChecksLeft = null, PinRequest? Request = null, PhoneNumber? Phone = null, Session? Session = null);

/// <summary>
/// The only way from a PIN to a session, whatever the channel or purpose. A try is counted, and the count committed, before anything is compared; a right
/// PIN is consumed by an update whose row count is the verdict. So of any number of tries at once five are compared and one opens a session.
/// </summary>
internal sealed class PinVerifier(IdentityDb db, PinSecret secret, PersonalData personal, Trust trust, Guesses guesses, TimeProvider clock)
{
    private static readonly byte[] NoSalt = new byte[16];
    private static readonly byte[] NoHash = new byte[32];

    public async Task<PinCheck> CheckAsync(Guid id, Pin pin, byte[]? browser, string network, CancellationToken cancellationToken)
    {
        browser ??= [];
        var counted = await CountAsync(id, browser, cancellationToken);
        if (counted?.FailuresOf is { } whose && !await guesses.TakeAsync(whose, cancellationToken))
        {
            return Counted(new PinCheck(PinOutcome.ShutOut, 0));
        }
        PinMetrics.Compared.Add(counted is null ? 0 : 1);
        var matches = secret.Matches(id, counted?.Salt ?? NoSalt, counted?.PinHash ?? NoHash, pin);
        var check = counted is null ? await ExplainAsync(id, browser, cancellationToken)
            : matches ? await ConsumeAsync(counted, new Asker(browser, network), cancellationToken)
            : await RefuseAsync(counted, cancellationToken);
        return Counted(check);
    }

    private static PinCheck Counted(PinCheck check)
    {
        PinMetrics.Checked.Add(1, new KeyValuePair<string, object?>("outcome", check.Outcome));
        return check;
    }

    /// <summary>Nobody but the asking browser can use up its checks.</summary>
    private async Task<PinRequest?> CountAsync(Guid id, byte[] browser, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var counted = await db.AcrossOrganisationsAsync(token => db.PinRequests.FromSql($"""
            update pin_requests set checks = checks + 1
            where id = {id} and browser_hash = {browser} and checks < {PinRequest.MostChecks} and used_at is null and expires_at > {now}
            returning *
            """).IgnoreQueryFilters().AsNoTracking().ToListAsync(token), cancellationToken);
        return counted.SingleOrDefault();
    }

    private async Task<PinCheck> ExplainAsync(Guid id, byte[] browser, CancellationToken cancellationToken)
    {
        var row = await db.AcrossOrganisationsAsync(
            token => db.PinRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.BrowserHash == browser, token), cancellationToken);
        return row switch
        {
            null => new PinCheck(PinOutcome.Wrong),
            { UsedAt: not null } => new PinCheck(PinOutcome.Used),
            _ when row.ExpiresAt <= clock.GetUtcNow() => new PinCheck(PinOutcome.Expired),
            _ => new PinCheck(PinOutcome.TooManyTries, 0),
        };
    }

    private async Task<PinCheck> RefuseAsync(PinRequest row, CancellationToken cancellationToken)
    {
        await guesses.FailedAsync(personal.Open(row.OrganisationId, row.PhoneSealed), cancellationToken);
        var left = PinRequest.MostChecks - row.Checks;
        if (left == 0)
        {
            await db.InOrganisationAsync(row.OrganisationId, async token =>
            {
                // A commit whose answer was lost on the way is repeated; the row knows then that this lock-out has been told.
                var first = await db.PinRequests
                    .Where(r => r.Id == row.Id && (r.LockedDeliveryId == null || r.LockedDeliveryId != row.DeliveryId))
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.LockedDeliveryId, row.DeliveryId), token);
                if (first == 1)
                {
                    db.Publish(new PinLockedOut(row.Id, row.OrganisationId, clock.GetUtcNow()));
                    await db.SaveChangesAsync(token);
                }
            }, cancellationToken);
        }
        return new PinCheck(left == 0 ? PinOutcome.TooManyTries : PinOutcome.Wrong, left);
    }

    private async Task<PinCheck> ConsumeAsync(PinRequest row, Asker asker, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var phone = PhoneNumber.Parse(personal.Open(row.OrganisationId, row.PhoneSealed));
        return await db.InOrganisationAsync(row.OrganisationId, async token =>
        {
            // The delivery too: a resend between counting and consuming has voided this PIN.
            var consumed = await db.PinRequests
                .Where(r => r.Id == row.Id && r.DeliveryId == row.DeliveryId && r.UsedAt == null && r.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), token);
            if (consumed == 0)
            {
                var used = await db.PinRequests.AnyAsync(r => r.Id == row.Id && r.UsedAt != null, token);
                return new PinCheck(used ? PinOutcome.Used : PinOutcome.Wrong);
            }
            var session = row.Purpose == PinPurpose.SignIn ? Session.Start(row.OrganisationId, now) : null;
            if (session is not null)
            {
                db.Sessions.Add(session);
            }
            await trust.RecordAsync(phone, asker, now, token);
            if (row.FailuresOf is { } whose)
            {
                await guesses.SucceededAsync(whose, token);
            }
            db.Publish(new PinVerified(row.Id, row.OrganisationId, row.Channel, now));
            await db.SaveChangesAsync(token);
            return new PinCheck(PinOutcome.Verified, Request: row, Phone: phone, Session: session);
        }, cancellationToken);
    }
}
