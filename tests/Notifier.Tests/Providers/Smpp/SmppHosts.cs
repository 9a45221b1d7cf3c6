using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ums.Notifier.Providers;
using Ums.Notifier.Providers.Smpp;
using Ums.ProviderDoubles.Smpp;
using Ums.Testing;

namespace Ums.Notifier.Tests.Providers.Smpp;

/// <summary>The client of a message centre as the service makes it, without the rest of the service.</summary>
internal sealed class SmppHosts : IAsyncDisposable
{
    private readonly List<IHost> hosts = [];

    public ConcurrentQueue<(string Reference, Receipt Receipt)> Received { get; } = new();

    /// <summary>What happens to a receipt before it counts as received.</summary>
    public Func<string, Task> Sink { get; set; } = _ => Task.CompletedTask;

    public static Dictionary<string, string?> Account(int port) => new()
    {
        ["Providers:Use:0"] = "smpp",
        ["Providers:Smpp:Host"] = "127.0.0.1",
        ["Providers:Smpp:Port"] = $"{port}",
        ["Providers:Smpp:Tls"] = "false",
        ["Providers:Smpp:SystemId"] = SmppDouble.SystemId,
        ["Providers:Smpp:Password"] = SmppDouble.Password,
        ["Providers:Smpp:Enquiry"] = "00:00:01",
    };

    public async Task<IHost> StartAsync(int port, bool bound = true)
    {
        var started = Build(Account(port));
        await started.StartAsync();
        if (bound)
        {
            await Eventually.TrueAsync(() => started.Services.GetRequiredService<SmppLink>().Session is not null);
        }
        return started;
    }

    public IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddSmpp();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ReceiptSink>(async (_, reference, receipt, _) =>
        {
            await Sink(reference);
            Received.Enqueue((reference, receipt));
        });
        var built = builder.Build();
        hosts.Add(built);
        return built;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
