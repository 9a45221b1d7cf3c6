using System.ComponentModel.DataAnnotations;

namespace Ums.Notifier.Providers;

/// <summary>Section <c>Providers</c> of the configuration.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Providers";

    /// <summary>Names in the order of preference. In Development the telephone double is used where none is named.</summary>
    public List<string> Use { get; } = [];

    /// <summary>Messages a second that a provider takes by its contract. Where none is given, as many as it does not refuse.</summary>
    public Dictionary<string, double> Rates { get; } = [];

    /// <summary>How long a call or a delivery says something about its provider.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A call to a provider that takes longer has an unknown outcome. Shorter than an attempt's deadline of 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:20")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The breaker opens when this share of the calls of the last <see cref="BreakerWindow"/> went wrong.</summary>
    [Range(0.01, 1)]
    public double BreakerRatio { get; set; } = 0.5;

    /// <summary>Fewer calls than this in the window say nothing.</summary>
    [Range(2, 10_000)]
    public int BreakerThroughput { get; set; } = 10;

    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a provider is left alone once its breaker has opened.</summary>
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(5);
}
