namespace Ums.Notifier.Providers;

internal static class ProvidersSetup
{
    /// <summary>The seam itself. Each provider's folder registers its own <see cref="IMessageProvider"/>.</summary>
    public static IHostApplicationBuilder AddProviders(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ReceiptAddresses>();
        builder.Services.AddSingleton<ProviderSet>();
        builder.Services.AddHostedService<StartCheck>();
        return builder;
    }

    /// <summary>Needs the set at start, so that a service that could reach nobody does not come up.</summary>
    private sealed class StartCheck : IHostedService
    {
        // Here and not at the start itself, before which the service would wait for its database.
        public StartCheck(ProviderSet providers)
        {
            foreach (var channel in Enum.GetValues<Channel>().Where(channel => providers.For(channel).Count == 0))
            {
                throw new InvalidOperationException($"No provider in Providers:Use carries {channel}.");
            }
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
