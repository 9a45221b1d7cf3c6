using System.Collections.Concurrent;

namespace Ums.ProviderDoubles.Faults;

/// <summary>Decides what goes wrong with each request and each message: as a test has queued it, otherwise by the chances of the plan.</summary>
public sealed class Weather
{
    private volatile Odds odds = new(FaultPlan.None);

    /// <summary>How the coming requests go wrong, one each; null for one that does not.</summary>
    public ConcurrentQueue<Fault?> Next { get; } = new();

    /// <summary>Of the answer to <see cref="Fault.Status"/>.</summary>
    public int Status { get; set; } = 400;

    /// <summary>The answer to <see cref="Fault.Garbled"/>.</summary>
    public string Garbage { get; set; } = "<html>";

    /// <summary>Of the answer to <see cref="Fault.TooMany"/>, where it is not the plan's.</summary>
    public string? RetryAfter { get; set; }

    public FaultPlan Plan
    {
        get => odds.Plan;
        set => odds = new Odds(value);
    }

    public Fault ForRequest() => Next.TryDequeue(out var fault) ? fault ?? Fault.None : odds.Draw();

    /// <summary>Whether a chance of the plan comes true for a message.</summary>
    /// <param name="salt">Tells the chances of one message apart.</param>
    public static bool Strikes(FaultPlan plan, double share, long number, int salt) => share > 0 && Roll(plan.Seed, number, salt) < share;

    /// <summary>From 0 up to 1, the same for the same arguments: no generator is shared, so that threads do not wait for each other.</summary>
    private static double Roll(long seed, long number, int salt)
    {
        var x = unchecked((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)number * 0xD1B54A32D192ED03 + (ulong)salt * 0x8CB92BA72F3D8DD7);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private sealed class Odds(FaultPlan plan)
    {
        private readonly (Fault Fault, double Share)[] shares = [.. plan.Shares().Where(share => share.Share > 0)];
        private long requests;
        private int burst;

        public FaultPlan Plan => plan;

        public Fault Draw()
        {
            if (shares.Length == 0)
            {
                return Fault.None;
            }
            if (Volatile.Read(ref burst) > 0 && Interlocked.Decrement(ref burst) >= 0)
            {
                return Fault.Unavailable;
            }
            var roll = Roll(plan.Seed, Interlocked.Increment(ref requests), 0);
            foreach (var (fault, share) in shares)
            {
                if ((roll -= share) < 0)
                {
                    if (fault == Fault.Unavailable)
                    {
                        Volatile.Write(ref burst, plan.Burst - 1);
                    }
                    return fault;
                }
            }
            return Fault.None;
        }
    }
}
