namespace Ums.Identity.Limits;

/// <summary>Counters that one feature fills and another looks at.</summary>
internal static class Counters
{
    public static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    /// <summary>Wrong PINs in all, by the hour.</summary>
    public static readonly Limit FailedChecks = Limit.Count("failed-checks", "", TimeSpan.FromHours(1));

    /// <summary>PINs that a network asked for.</summary>
    public static Limit Network(string network, int allowed, TimeSpan period) => new("network", network, allowed, period);
}
