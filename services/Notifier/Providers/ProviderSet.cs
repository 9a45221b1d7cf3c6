using Microsoft.Extensions.Options;

namespace Ums.Notifier.Providers;

/// <summary>The providers in use, in the order of preference.</summary>
internal sealed class ProviderSet
{
    private readonly List<GuardedProvider> providers;

    public ProviderSet(
        IEnumerable<IMessageProvider> known, IOptions<ProviderOptions> options, IHostEnvironment environment, TimeProvider clock, ILogger<GuardedProvider> log)
    {
        var byName = known.ToDictionary(provider => provider.Name, StringComparer.Ordinal);
        List<string> names = options.Value.Use is { Count: 0 } && environment.IsDevelopment() ? [.. byName.Keys] : options.Value.Use;
        providers = [.. names.Select(name => byName.TryGetValue(name, out var provider)
            ? new GuardedProvider(provider, options.Value, clock, log)
            : throw new InvalidOperationException($"Providers:Use names '{name}', which is no provider in {environment.EnvironmentName}."))];
        if (options.Value.Rates.FirstOrDefault(rate => !(rate.Value > 0)).Key is { } idle)
        {
            throw new InvalidOperationException($"Providers:Rates:{idle} is not more than nothing.");
        }
        if (providers.Count == 0)
        {
            throw new InvalidOperationException($"Providers:Use is empty: {environment.EnvironmentName} needs at least one provider that carries messages.");
        }
    }

    public IReadOnlyList<GuardedProvider> For(Channel channel) => [.. providers.Where(provider => provider.Carries(channel))];

    public GuardedProvider? Find(string name) => providers.Find(provider => provider.Name == name);
}
