using System.Diagnostics;
using Npgsql;

namespace Ums.Geocoding.Indexing;

/// <summary>
/// Has an index before the first request, from the snapshot where it is of the table's data, else from the table; and makes a new one whenever
/// an import has changed the data.
/// </summary>
internal sealed partial class KeepIndexFresh(
    CurrentIndex current, ReadAddressTable table, NpgsqlDataSource database, IndexOptions options, ILogger<KeepIndexFresh> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim one = new(1, 1);
    private string? stamp;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Makes a new index if the data changed since the last.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var wanted = await table.StampAsync(cancellationToken);
            if (wanted != stamp && !LoadSnapshot(wanted))
            {
                await BuildAsync(cancellationToken);
            }
        }
        finally
        {
            one.Release();
        }
    }

    // An import says when it is done; looking now and then as well makes a lost word cost seconds, not the day.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("listen addresses_changed", connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                while (!stoppingToken.IsCancellationRequested)
                {
                    await RefreshAsync(stoppingToken);
                    await connection.WaitAsync(Look, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                DatabaseAway(log, e.Message);
                await Task.Delay(Look, stoppingToken);
            }
        }
    }

    private bool LoadSnapshot(string wanted)
    {
        if (string.IsNullOrEmpty(options.Snapshot) || !File.Exists(options.Snapshot))
        {
            return false;
        }

        try
        {
            var started = Stopwatch.GetTimestamp();
            Use(Snapshot.Load(options.Snapshot, wanted), wanted);
            Loaded(log, current.Value.Houses.Count, options.Snapshot, Stopwatch.GetElapsedTime(started).TotalSeconds);
            return true;
        }
        catch (UnusableSnapshotException e)
        {
            NotUsed(log, options.Snapshot, e.Message);
            return false;
        }
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var (index, of) = await table.ReadAsync(cancellationToken);
        Use(index, of);
        Built(log, index.Houses.Count, Stopwatch.GetElapsedTime(started).TotalSeconds);
        if (!string.IsNullOrEmpty(options.Snapshot))
        {
            Save(index, of, options.Snapshot);
        }
    }

    private void Save(AddressIndex index, string of, string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            Snapshot.Save(index, of, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotSaved(log, file, e.Message);
        }
    }

    private void Use(AddressIndex index, string of)
    {
        current.Value = index;
        stamp = of;
        // The old index is some hundred megabytes in a few arrays, which would otherwise stay until memory is short.
        GC.Collect(2, GCCollectionMode.Optimized, blocking: false);
    }

    [LoggerMessage(1, LogLevel.Information, "Took the index of {Count} addresses from {File} in {Seconds:0.00} s")]
    private static partial void Loaded(ILogger logger, int count, string file, double seconds);

    [LoggerMessage(2, LogLevel.Information, "Made the index of {Count} addresses in {Seconds:0.0} s")]
    private static partial void Built(ILogger logger, int count, double seconds);

    [LoggerMessage(3, LogLevel.Information, "The index in {File} is made anew: {Reason}")]
    private static partial void NotUsed(ILogger logger, string file, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The index could not be kept in {File}, so the next start makes it anew: {Reason}")]
    private static partial void NotSaved(ILogger logger, string file, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The database is away, so changed addresses are not seen yet: {Reason}")]
    private static partial void DatabaseAway(ILogger logger, string reason);
}
