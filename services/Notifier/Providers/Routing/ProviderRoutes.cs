namespace Ums.Notifier.Providers.Routing;

internal sealed class ProviderRoutes(ProviderSet providers)
{
    public GuardedProvider Choose(Channel channel, IReadOnlyCollection<string> avoid)
    {
        var carriers = providers.For(channel);
        return carriers.FirstOrDefault(provider => !avoid.Contains(provider.Name)) ?? carriers[0];
    }
}
