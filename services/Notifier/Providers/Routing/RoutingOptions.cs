using System.ComponentModel.DataAnnotations;

namespace Ums.Notifier.Providers.Routing;

/// <summary>Section <c>Providers:Routing</c> of the configuration.</summary>
internal sealed class RoutingOptions
{
    public const string Section = $"{ProviderOptions.Section}:Routing";

    /// <summary>Each provider's share in quiet times, in any unit. Where none is given, the first in <c>Providers:Use</c> that carries the channel has all.</summary>
    public Dictionary<string, int> Weights { get; } = [];

    /// <summary>How often the shares are looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Fewer calls or deliveries than this in the window say nothing.</summary>
    [Range(1, 100_000)]
    public int Throughput { get; set; } = 10;

    /// <summary>A provider does badly when this share of its calls fails.</summary>
    [Range(0.01, 1)]
    public double ErrorRatio { get; set; } = 0.25;

    /// <summary>A delivery is slow that takes longer from the provider's acceptance.</summary>
    public TimeSpan Slow { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>A provider does badly when this share of its deliveries is slow.</summary>
    [Range(0.01, 1)]
    public double SlowRatio { get; set; } = 0.3;

    /// <summary>The least time between two shifts, so that one shows its effect before the next.</summary>
    public TimeSpan ShiftEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After so much quiet the shares drift back by one step.</summary>
    public TimeSpan DriftEvery { get; set; } = TimeSpan.FromMinutes(10);
}
