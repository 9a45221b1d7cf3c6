using System.Diagnostics;
using Npgsql;

namespace Ums.Geocoding.Map;

/// <summary>
/// Has the map worked out anew, in the background, whenever an import has changed the data. Of several replicas one does it; the old map is served until the
/// new one is there.
/// </summary>
internal sealed partial class KeepMapFresh(NpgsqlDataSource database, MapVersion version, ILogger<KeepMapFresh> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <returns>True where this call has built a new one.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await using (var changed = database.CreateCommand("select map_stamp() is distinct from (select stamp from map_state)"))
        {
            if (await changed.ExecuteScalarAsync(cancellationToken) is false)
            {
                return false;
            }
        }

        var started = Stopwatch.GetTimestamp();
        await using var build = database.CreateCommand("select map_build()");
        build.CommandTimeout = 1800;
        if (await build.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        version.Forget();
        Built(log, Stopwatch.GetElapsedTime(started).TotalSeconds);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotBuilt(log, e.Message);
            }

            await Task.Delay(Look, stoppingToken);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Made the map in {Seconds:0.0} s")]
    private static partial void Built(ILogger logger, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "The map could not be made anew, the old one is served, and it is tried again: {Reason}")]
    private static partial void NotBuilt(ILogger logger, string reason);
}
