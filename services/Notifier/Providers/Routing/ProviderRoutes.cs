using Microsoft.Extensions.Options;
using Ums.Notifier.Providers.Pacing;

namespace Ums.Notifier.Providers.Routing;

/// <summary>Chooses who carries a message: by the shares of the day, and around those that are known not to.</summary>
internal sealed class ProviderRoutes
{
    private readonly Dictionary<Channel, Lane> lanes;
    private readonly RoutingOptions options;
    private readonly Dictionary<string, RollingShare> deliveries;

    public ProviderRoutes(ProviderSet providers, IOptions<RoutingOptions> options, IOptions<ProviderOptions> common, TimeProvider clock)
    {
        this.options = options.Value;
        lanes = Enum.GetValues<Channel>().ToDictionary(channel => channel, channel => new Lane(providers.For(channel), this.options.Weights));
        deliveries = lanes.Values.SelectMany(lane => lane.Providers).Select(provider => provider.Name).Distinct()
            .ToDictionary(name => name, _ => new RollingShare(clock, common.Value.Window));
    }

    /// <param name="avoid">Names of providers that were tried already.</param>
    /// <returns>By weight, one that is neither to be avoided nor paused; an avoided one where the others are paused; and where all are paused, any but the avoided.</returns>
    public GuardedProvider Choose(Channel channel, IReadOnlyCollection<string> avoid)
    {
        var lane = lanes[channel];
        var open = lane.Providers.Where(provider => !provider.IsPaused).ToList();
        var best = open.Where(provider => !avoid.Contains(provider.Name)).ToList();
        if (best.Count == 0)
        {
            best = open.Count > 0 ? open : lane.Providers.Where(provider => !avoid.Contains(provider.Name)).ToList();
        }
        return Draw(best.Count > 0 ? best : lane.Providers, lane.Weights);
    }

    /// <summary>A message has reached its telephone.</summary>
    /// <param name="tookFromAccepted">Since the provider had it.</param>
    public void Delivered(string provider, TimeSpan tookFromAccepted)
    {
        if (deliveries.TryGetValue(provider, out var share))
        {
            share.Count(tookFromAccepted > options.Slow);
        }
    }

    /// <summary>The providers of a channel, as far as this replica has seen them at work.</summary>
    public IReadOnlyList<Standing> Standings(Channel channel) => [.. lanes[channel].Providers.Select(provider => new Standing(
        provider.Name, lanes[channel].Configured[provider.Name], lanes[channel].Weights[provider.Name],
        provider.Failures.Reaches(options.ErrorRatio, options.Throughput) || deliveries[provider.Name].Reaches(options.SlowRatio, options.Throughput)))];

    /// <summary>Whether it is left alone for now.</summary>
    public bool IsPaused(Channel channel, string provider) => lanes[channel].Providers.Any(one => one.Name == provider && one.IsPaused);

    /// <summary>The shares that the replicas have agreed on.</summary>
    public void Use(Channel channel, IReadOnlyDictionary<string, int> weights) => lanes[channel].Weights = weights;

    private static GuardedProvider Draw(IReadOnlyList<GuardedProvider> providers, IReadOnlyDictionary<string, int> weights)
    {
        var point = Random.Shared.Next(Math.Max(providers.Sum(provider => weights[provider.Name]), 1));
        foreach (var provider in providers)
        {
            if ((point -= weights[provider.Name]) < 0)
            {
                return provider;
            }
        }
        // None has a share: then the order of preference counts.
        return providers[0];
    }

    private sealed class Lane(IReadOnlyList<GuardedProvider> providers, Dictionary<string, int> configured)
    {
        private volatile IReadOnlyDictionary<string, int>? agreed;

        public IReadOnlyList<GuardedProvider> Providers => providers;

        public IReadOnlyDictionary<string, int> Configured { get; } = Routing.Weights.Configured([.. providers.Select(provider => provider.Name)], configured);

        public IReadOnlyDictionary<string, int> Weights
        {
            get => agreed ?? Configured;
            set => agreed = value;
        }
    }
}
