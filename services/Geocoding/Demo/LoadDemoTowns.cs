using System.Diagnostics;
using Npgsql;
using Ums.Geocoding.Import;

namespace Ums.Geocoding.Demo;

/// <summary>Loads the demo towns before the service takes its first request, unless they are there.</summary>
internal sealed partial class LoadDemoTowns(NpgsqlDataSource database, DemoOptions options, ILogger<LoadDemoTowns> log) : IHostedService
{
    /// <summary>Goes up when the generator changes, so that the next start lays the towns anew.</summary>
    private const int Generation = 1;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        if (await ReplaceSource.RunAsync(database, "demo", $"{Generation}-{options.Seed}", () => DemoTowns.Lay(options.Seed), cancellationToken))
        {
            Loaded(log, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "Laid out the demo towns in {Seconds:0.0} s")]
    private static partial void Loaded(ILogger logger, double seconds);
}
