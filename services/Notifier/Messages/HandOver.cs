using Microsoft.EntityFrameworkCore;
using Ums.Messages.Events;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;

namespace Ums.Notifier.Messages;

/// <summary>
/// Takes a committed attempt through its call to the provider and settles it. What the provider certainly does not have is tried again, with another provider
/// where there is one, each time with a new attempt that commits first; an unknown outcome is left to receipts. No connection is held during a call.
/// </summary>
internal sealed class HandOver(NotifierDb db, ProviderSet providers, ProviderRoutes routes, ReceiptAddresses addresses, TimeProvider clock)
{
    /// <summary>Well within an attempt's 30 seconds on the database's clock: who was paused for longer does not call any more.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    /// <summary>Before the second attempt, the third, and so on.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    public static Attempt NewAttempt(Message message, int number, string provider, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrganisationId = message.OrganisationId,
        MessageId = message.Id,
        Number = number,
        Provider = provider,
        State = DeliveryState.Sending,
        Lease = Guid.NewGuid(),
        CreatedAt = now,
    };

    /// <param name="words">Made anew for each attempt: they may tell how long they hold.</param>
    public async Task RunAsync(Message message, Attempt attempt, string to, string from, string language, Func<IReadOnlyList<Phrase>> words)
    {
        var tried = new List<string>();
        while (true)
        {
            var provider = providers.Find(attempt.Provider) ?? throw new InvalidOperationException("The attempt's provider is not one of ours.");
            provider.Spend(message.Parts);
            var answer = Refusal(message, attempt) ?? await provider.SendAsync(new OutboundMessage(
                attempt.Id, message.Channel, to, from, language, words(), addresses.For(provider.Name, attempt.Id), message.ExpiresAt), CancellationToken.None);
            HandOverTelemetry.Count(message, provider.Name, answer, clock.GetUtcNow());
            string? next = null;
            if (answer is ProviderAnswer.NotSent { Again: true } && attempt.Number <= Pauses.Length)
            {
                tried.Add(provider.Name);
                next = routes.Choose(message.Channel, tried).Name;
                // Another provider is tried at once; the pauses are for coming back to one.
                if (tried.Contains(next))
                {
                    await Task.Delay(Pauses[attempt.Number - 1], clock);
                    tried.Clear();
                }
            }
            if (await SettleAsync(message, attempt, answer, next) is not { } another)
            {
                return;
            }
            attempt = another;
        }
    }

    private ProviderAnswer.NotSent? Refusal(Message message, Attempt attempt)
    {
        var now = clock.GetUtcNow();
        return now >= message.ExpiresAt ? new ProviderAnswer.NotSent("expired", Again: false)
            : now - attempt.CreatedAt > Freshness ? new ProviderAnswer.NotSent("interrupted", Again: false)
            : null;
    }

    /// <summary>Settles the attempt, unless the lease is no longer ours or a receipt has told more than we know.</summary>
    /// <param name="nextProvider">Who is to be tried next.</param>
    /// <returns>The next attempt, committed.</returns>
    internal Task<Attempt?> SettleAsync(Message message, Attempt attempt, ProviderAnswer answer, string? nextProvider)
    {
        var (state, reason, reference) = answer switch
        {
            ProviderAnswer.Accepted accepted => (DeliveryState.Accepted, null, accepted.Reference),
            ProviderAnswer.NotSent notSent => (DeliveryState.NotSent, notSent.Reason, null),
            ProviderAnswer.Unknown unknown => (DeliveryState.Unknown, unknown.Reason, (string?)null),
            _ => throw new InvalidOperationException(),
        };
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
                return db.Add(NewAttempt(message, attempt.Number + 1, nextProvider, now)).Entity;
            }
            await AdvanceAsync(db, MessageKey.Of(message), state == DeliveryState.NotSent ? DeliveryState.Failed : state, reason, now, token);
            return null;
        }, CancellationToken.None);
    }

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
