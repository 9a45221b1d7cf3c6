using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ums.Messages.Events;
using Ums.ServiceDefaults.Messaging;

namespace Ums.Notifier.Messages;

/// <summary>The tables <c>messages</c> and <c>attempts</c>. Whose the place is, and whether a state may move, is each time the verdict of one statement.</summary>
internal sealed class MessageStore(NotifierDb db, TimeProvider clock) : IMessageStore
{
    private const string Endpoint = "pin-requested";

    public async Task<(bool IsNew, Attempt? Attempt)> TakeAsync(Guid busMessageId, Message message, Func<string> provider, CancellationToken cancellationToken)
    {
        Attempt? attempt = null;
        try
        {
            var isNew = await db.OnceAsync(message.OrganisationId, Endpoint, busMessageId, token =>
            {
                db.Add(message);
                if (message.State == DeliveryState.Expired)
                {
                    db.Publish(new MessageFailed(message.Id, message.OrganisationId, message.Purpose, message.Channel.Word(), "expired", message.CreatedAt));
                }
                else
                {
                    // Made here, not before: a database that was away for seconds must not make it look stale.
                    attempt = db.Add(Attempt.At(message, 1, provider(), clock.GetUtcNow())).Entity;
                }
                return Task.CompletedTask;
            }, cancellationToken);
            return (isNew, attempt);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "messages_source" })
        {
            return (false, null);
        }
    }

    public Task<Attempt?> SettleAsync(Message message, Attempt attempt, Settlement settlement, string? nextProvider)
    {
        var (state, reason, reference) = settlement;
        return db.InOrganisationAsync(message.OrganisationId, async token =>
        {
            var now = clock.GetUtcNow();
            var ours = db.Attempts.Where(a => a.Id == attempt.Id && a.Lease == attempt.Lease);
            var before = DeliveryStates.Before(state);
            if (await ours.Where(a => before.Contains(a.State)).ExecuteUpdateAsync(set => set
                .SetProperty(a => a.State, state).SetProperty(a => a.Reason, reason).SetProperty(a => a.Reference, reference).SetProperty(a => a.EndedAt, now), token) == 0)
            {
                // A receipt may have overtaken the answer; the reference is news all the same.
                await ours.ExecuteUpdateAsync(set => set.SetProperty(a => a.Reference, a => reference ?? a.Reference), token);
                return null;
            }
            if (nextProvider is not null)
            {
                return db.Add(Attempt.At(message, attempt.Number + 1, nextProvider, now)).Entity;
            }
            await AdvanceAsync(db, MessageKey.Of(message), settlement.OfMessage, reason, now, token);
            return null;
        }, CancellationToken.None);
    }

    public Task<int> SweepAsync(CancellationToken cancellationToken) => db.AcrossOrganisationsAsync(token => db.Database.ExecuteSqlAsync($"""
        with stuck as (
            select id from attempts where state = 'sending' and deadline < now() order by deadline limit 500 for update skip locked),
        ended as (
            update attempts set state = 'unknown', reason = 'interrupted', lease = null, ended_at = now()
            from stuck where attempts.id = stuck.id returning message_id)
        update messages set state = 'unknown', reason = 'interrupted', changed_at = now()
        from ended where messages.id = ended.message_id and state = 'sending'
        """, token), cancellationToken);

    /// <summary>Moves the message forward, where that is forward, and tells the bus.</summary>
    public static async Task AdvanceAsync(NotifierDb db, MessageKey key, DeliveryState state, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, organisation, purpose, channel) = (key.Id, key.OrganisationId, key.Purpose, key.Channel.Word());
        var before = DeliveryStates.Before(state);
        if (await db.Messages.Where(m => m.Id == id && before.Contains(m.State)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.State, state).SetProperty(m => m.Reason, reason).SetProperty(m => m.ChangedAt, now), cancellationToken) == 0)
        {
            return;
        }
        switch (state)
        {
            case DeliveryState.Accepted:
                db.Publish(new MessageAccepted(id, organisation, purpose, channel, now));
                break;
            case DeliveryState.Delivered:
                db.Publish(new MessageDelivered(id, organisation, purpose, channel, now));
                break;
            case DeliveryState.Failed:
                db.Publish(new MessageFailed(id, organisation, purpose, channel, reason ?? "unknown", now));
                break;
        }
    }
}
