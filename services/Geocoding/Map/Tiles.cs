using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Ums.Geocoding.Map;

/// <summary>
/// Tiles that were drawn lately, as many as their share of memory holds. A tile that several ask for is drawn once; few are drawn at a time and none for long, so
/// that the map takes nothing from those who look for addresses.
/// </summary>
internal sealed partial class Tiles(DrawTile draw, IOptions<MapOptions> options, ILogger<Tiles> log) : IDisposable
{
    // What an entry costs beside its bytes, so that a million empty tiles are counted too.
    private const int Overhead = 250;

    private readonly MemoryCache drawn = new(new MemoryCacheOptions { SizeLimit = options.Value.CacheMegabytes * 1024L * 1024 });
    private readonly ConcurrentDictionary<Key, Lazy<Task<byte[]?>>> underWay = new();
    private readonly SemaphoreSlim turns = new(options.Value.DrawnAtOnce);

    /// <returns>Empty where there is nothing; null where it could not be drawn in the time that a tile has.</returns>
    public Task<byte[]?> GetAsync(string version, TilePlace place, CancellationToken cancellationToken)
    {
        var key = new Key(version, place);
        return drawn.TryGetValue(key, out byte[]? tile)
            ? Task.FromResult(tile)
            : underWay.GetOrAdd(key, _ => new Lazy<Task<byte[]?>>(() => DrawAsync(key))).Value.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        drawn.Dispose();
        turns.Dispose();
    }

    // For all who wait for it, so that none of them stops it by leaving.
    private async Task<byte[]?> DrawAsync(Key key)
    {
        using var limit = new CancellationTokenSource(options.Value.TileLimit);
        try
        {
            await turns.WaitAsync(limit.Token);
            try
            {
                var tile = await draw.RunAsync(key.Place, limit.Token);
                return drawn.Set(key, tile, new MemoryCacheEntryOptions { Size = tile.Length + Overhead });
            }
            finally
            {
                turns.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            TooSlow(log, key.Place.Zoom, key.Place.X, key.Place.Y, options.Value.TileLimit.TotalSeconds);
            return null;
        }
        finally
        {
            underWay.TryRemove(key, out _);
        }
    }

    private readonly record struct Key(string Version, TilePlace Place);

    [LoggerMessage(1, LogLevel.Warning, "Tile {Zoom}/{X}/{Y} was given up after {Seconds} s")]
    private static partial void TooSlow(ILogger logger, int zoom, int x, int y, double seconds);
}
