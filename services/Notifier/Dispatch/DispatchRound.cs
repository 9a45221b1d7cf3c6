using Npgsql;
using Ums.Notifier.Messages;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Routing;

namespace Ums.Notifier.Dispatch;

/// <summary>One dispatcher's round: claim, call, settle. Whatever interrupts it, the claim's row says what was under way.</summary>
internal sealed class DispatchRound(IDispatchStore store, SendClaim send, ProviderRoutes routes, TimeProvider clock)
{
    private static readonly TimeSpan Persistence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <returns>False where there was nothing to do.</returns>
    public async Task<bool> RunAsync(LiveAlert alert, Channel channel, int shard, CancellationToken cancellationToken)
    {
        var provider = routes.Choose(channel, []);
        if (provider.IsPaused)
        {
            // So are the others, or it would not have been chosen: who waits is better off unclaimed.
            return false;
        }
        await provider.PaceAsync(1, cancellationToken);
        var started = clock.GetTimestamp();
        var claim = alert.Due.Contains(channel)
            ? await store.ClaimDueAsync(alert.Id, channel, last => routes.Choose(channel, [last]).Name, shard, cancellationToken)
            : null;
        claim ??= await store.ClaimSliceAsync(alert.Id, channel, provider.Name, shard, cancellationToken);
        if (claim is null)
        {
            return false;
        }
        provider.Spend(claim.Attempts.Count - 1);
        // From here on nobody's patience matters: what was called is recorded.
        await SettleAsync(claim, await send.RunAsync(claim, alert, started), shard);
        return true;
    }

    /// <summary>A database that is away is waited for; a claim that was taken away meanwhile still learns what the provider has.</summary>
    private async Task SettleAsync(Claim claim, Outcome[] outcomes, int shard)
    {
        var until = clock.GetUtcNow() + Persistence;
        while (true)
        {
            try
            {
                if (!await store.SettleAsync(claim, outcomes, shard, CancellationToken.None))
                {
                    await store.RecordAsync([.. outcomes.Where(outcome => outcome.State == DeliveryState.Accepted)], shard, CancellationToken.None);
                }
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException && clock.GetUtcNow() < until)
            {
                await Task.Delay(Pause, clock);
            }
        }
    }
}
