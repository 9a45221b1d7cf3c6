using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ums.ServiceDefaults.Messaging;

/// <summary>
/// Starts and stops MassTransit in place of its own hosted service, which waits for ever where the broker is away (measured: such a process had to be killed).
/// Starting does not wait for the broker; stopping waits <see cref="BusOptions.StopTimeout"/> at most.
/// </summary>
internal sealed partial class BusHost(IBusDepot depot, BusOptions options, ILogger<BusHost> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private Task starting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        starting = Task.Run(() => depot.Start(stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        try
        {
            await starting.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(options.StopTimeout / 2, cancellationToken);
            await Task.Run(() => depot.Stop(cancellationToken), CancellationToken.None).WaitAsync(options.StopTimeout, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // The broker gives back what was not acknowledged, and the inbox knows what was done.
            Left(log);
        }
    }

    public void Dispose() => stopping.Dispose();

    [LoggerMessage(1, LogLevel.Warning, "The bus did not stop in time; its connections end with the process")]
    private static partial void Left(ILogger logger);
}
