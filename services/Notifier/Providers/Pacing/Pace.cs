namespace Ums.Notifier.Providers.Pacing;

/// <summary>
/// Keeps to the rate of a provider's contract: a bucket of tokens, one for each message, which may go into debt. Where the provider says "too many" all the same, the
/// rate halves and then recovers slowly, so that we find what it really takes. Without a contract's rate there is none, until the provider says so.
/// </summary>
internal sealed class Pace
{
    /// <summary>At least a dispatcher's window may leave at once.</summary>
    private const double LeastBurst = 64;

    /// <summary>Of the full rate, regained each second.</summary>
    private const double Recovery = 0.05;

    private const double Slowest = 0.5;
    private static readonly TimeSpan BetweenHalvings = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly double contract;
    private double full;
    private double rate;
    private double tokens;
    private double spentLately;
    private long lastFill;
    private long? lastHalving;

    /// <param name="contract">Messages a second; null for no limit.</param>
    public Pace(double? contract, TimeProvider clock)
    {
        (this.clock, this.contract) = (clock, contract ?? double.PositiveInfinity);
        (full, rate, tokens, lastFill) = (this.contract, this.contract, Burst(this.contract), clock.GetTimestamp());
    }

    /// <summary>Messages a second, as things are.</summary>
    public double Rate
    {
        get
        {
            lock (gate)
            {
                Fill();
                return rate;
            }
        }
    }

    /// <summary>Waits for its turn: who comes first, leaves first.</summary>
    public async Task WaitAsync(int messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wait = Take(messages);
        if (wait <= TimeSpan.Zero)
        {
            return;
        }
        try
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Take(-messages);
            throw;
        }
    }

    /// <summary>Takes tokens whether there are any or not: those who wait will wait longer.</summary>
    public void Spend(int messages) => Take(messages);

    /// <summary>The provider has said that these were too many.</summary>
    public void SlowDown()
    {
        lock (gate)
        {
            Fill();
            if (lastHalving is { } last && clock.GetElapsedTime(last) < BetweenHalvings)
            {
                return;
            }
            lastHalving = clock.GetTimestamp();
            if (double.IsPositiveInfinity(rate))
            {
                full = rate = Math.Max(spentLately, 1);
            }
            rate = Math.Max(rate / 2, Math.Min(Slowest, full));
            tokens = Math.Min(tokens, 0);
        }
    }

    private TimeSpan Take(int messages)
    {
        lock (gate)
        {
            Fill();
            spentLately += messages;
            if (double.IsPositiveInfinity(rate))
            {
                return TimeSpan.Zero;
            }
            tokens = Math.Min(tokens - messages, Burst(rate));
            // More at once than the bucket holds leave when it is full, or they never would.
            return TimeSpan.FromSeconds(Math.Max(-tokens - Math.Max(messages - Burst(rate), 0), 0) / rate);
        }
    }

    private void Fill()
    {
        var seconds = clock.GetElapsedTime(lastFill).TotalSeconds;
        lastFill = clock.GetTimestamp();
        // What was spent about a second ago or before counts less and less.
        spentLately *= Math.Exp(-seconds);
        if (double.IsPositiveInfinity(rate))
        {
            return;
        }
        tokens = Math.Min(tokens + seconds * rate, Burst(rate));
        rate = Math.Min(rate + seconds * Recovery * full, Math.Max(full, double.IsPositiveInfinity(contract) ? 2 * full : 0));
        if (double.IsPositiveInfinity(contract) && rate >= 2 * full)
        {
            // Twice of what was once too much, and no word of it: the provider has found its feet.
            (full, rate) = (contract, contract);
        }
    }

    private static double Burst(double rate) => double.IsPositiveInfinity(rate) ? LeastBurst : Math.Max(LeastBurst, rate / 4);
}
