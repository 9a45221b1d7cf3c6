using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.ServiceDefaults.Http;

namespace Ums.Notifier.Receipts;

/// <summary>
/// What became of a message, as its provider tells. States only move forward, so receipts may come twice, late, out of order or before our own commit.
/// </summary>
internal static class RecordReceipt
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string provider, string token, HttpRequest request, ProviderSet providers, ReceiptAddresses addresses, ReceiptBatches batches, CancellationToken cancellationToken)
    {
        if (!addresses.TryRead(provider, token, out var attemptId) || providers.Find(provider) is not { } known)
        {
            return Problems.Problem(StatusCodes.Status401Unauthorized, "unknown-receipt-address", "This is not an address that was given out.");
        }
        if (await known.ReadReceiptAsync(request, cancellationToken) is not { } receipt)
        {
            return Problems.Problem(StatusCodes.Status400BadRequest, "not-a-receipt", "The body is not a receipt of this provider.");
        }
        var state = receipt.Kind switch
        {
            ReceiptKind.Delivered => DeliveryState.Delivered,
            ReceiptKind.Failed => DeliveryState.Failed,
            _ => DeliveryState.Accepted,
        };
        await batches.RecordAsync(new Outcome(attemptId, state, receipt.Reason, Acknowledged: receipt.Acknowledged), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <returns>False where no such attempt is to be seen.</returns>
    internal static async Task<bool> ApplyAsync(
        NotifierDb db, Guid attemptId, DeliveryState state, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var attempt = await db.Attempts.Where(a => a.Id == attemptId)
            .Join(db.Messages, a => a.MessageId, m => m.Id, (a, m) => new
            {
                Message = new MessageKey(m.Id, m.OrganisationId, m.Purpose, m.Channel),
                IsLast = !db.Attempts.Any(later => later.MessageId == a.MessageId && later.Number > a.Number),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (attempt is null)
        {
            return false;
        }
        var before = DeliveryStates.Before(state);
        var moved = await db.Attempts.Where(a => a.Id == attemptId && before.Contains(a.State)).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.State, state).SetProperty(a => a.Reason, reason).SetProperty(a => a.EndedAt, a => a.EndedAt ?? now), cancellationToken);
        // One attempt's failure is the message's only where no later attempt may still reach the phone.
        if (moved > 0 && (attempt.IsLast || state == DeliveryState.Delivered))
        {
            await MessageStore.AdvanceAsync(db, attempt.Message, state, reason, now, cancellationToken);
        }
        return true;
    }

    /// <summary>The first final word stays; before it, the latest.</summary>
    internal static Task<int> KeepAsync(NotifierDb db, Guid attemptId, DeliveryState state, string? reason, CancellationToken cancellationToken)
    {
        var word = state.Word();
        return db.Database.ExecuteSqlAsync($"""
            insert into early_receipts (attempt_id, state, reason) values ({attemptId}, {word}, {reason})
            on conflict (attempt_id) do update set state = excluded.state, reason = excluded.reason where early_receipts.state = 'accepted'
            """, cancellationToken);
    }
}
