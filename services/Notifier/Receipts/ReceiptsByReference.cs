using Microsoft.EntityFrameworkCore;
using Ums.Notifier.Dispatch;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;

namespace Ums.Notifier.Receipts;

/// <summary>
/// Applies receipts that name a message by its provider's own id. One that comes before our own commit is tried again for a moment and then refused, whereupon its
/// provider brings it again.
/// </summary>
internal sealed class ReceiptsByReference(IServiceScopeFactory scopes, ReceiptBatches batches, TimeProvider clock)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    /// <inheritdoc cref="ReceiptSink"/>
    /// <exception cref="UnknownReferenceException">No attempt has that reference, or not yet.</exception>
    public async Task TakeAsync(string provider, string reference, Receipt receipt, CancellationToken cancellationToken)
    {
        var state = receipt.Kind switch
        {
            ReceiptKind.Delivered => DeliveryState.Delivered,
            ReceiptKind.Failed => DeliveryState.Failed,
            _ => DeliveryState.Accepted,
        };
        foreach (var pause in Pauses.Prepend(TimeSpan.Zero))
        {
            await Task.Delay(pause, clock, cancellationToken);
            if (await OfAlertAsync(provider, reference, cancellationToken) is { } attempt)
            {
                await batches.RecordAsync(new Outcome(attempt, state, receipt.Reason, Acknowledged: receipt.Acknowledged), cancellationToken);
                return;
            }
            if (await ApplyAsync(provider, reference, state, receipt.Reason, cancellationToken))
            {
                return;
            }
        }
        throw new UnknownReferenceException();
    }

    private async Task<Guid?> OfAlertAsync(string provider, string reference, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        return (await db.AcrossOrganisationsAsync(token => db.Database.SqlQuery<Guid>(
            $"""select attempt_id as "Value" from alert_references where provider = {provider} and reference = {reference}""").ToListAsync(token), cancellationToken)) is [var attempt]
            ? attempt : null;
    }

    private async Task<bool> ApplyAsync(string provider, string reference, DeliveryState state, string? reason, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotifierDb>();
        // The attempt names its organisation; a receipt has none of its own.
        return await db.AcrossOrganisationsAsync(async token =>
            await db.Attempts.Where(a => a.Provider == provider && a.Reference == reference).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(token) is { } attempt
            && await RecordReceipt.ApplyAsync(db, attempt, state, reason, clock.GetUtcNow(), token), cancellationToken);
    }
}
