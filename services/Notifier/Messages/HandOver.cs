using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;

namespace Ums.Notifier.Messages;

/// <summary>
/// Takes a committed attempt through its call to the provider and settles it. What the provider certainly does not have is tried again, with another provider
/// where there is one, each time with a new attempt that commits first; an unknown outcome is left to receipts. No connection is held during a call.
/// </summary>
internal sealed class HandOver(IMessageStore store, ProviderSet providers, ProviderRoutes routes, ReceiptAddresses addresses, TimeProvider clock)
{
    /// <summary>Well within an attempt's 30 seconds on the database's clock: who was paused for longer does not call any more.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    /// <summary>Before the second attempt, the third, and so on.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

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
            if (await store.SettleAsync(message, attempt, Settlement.Of(answer), next) is not { } another)
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
}
