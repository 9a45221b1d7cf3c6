using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Ums.Geocoding.Map;

/// <param name="Version">One short word for all that tiles are made from, data and code; it changes when either does, and makes the ETags.</param>
/// <param name="Settled">False while the map of newer data is being built: tiles will soon be others.</param>
internal sealed record MapData(string Version, bool Settled);

internal sealed class MapVersion(NpgsqlDataSource database, IMemoryCache cache)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly string Code = typeof(MapVersion).Assembly.ManifestModule.ModuleVersionId.ToString();

    public async ValueTask<MapData> GetAsync(CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(typeof(MapVersion), out MapData? known))
        {
            return known!;
        }

        await using var command = database.CreateCommand("select map_stamp(), stamp, built_at::text from (values (true)) one left join map_state on true");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (data, map, built) = (row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1), row.IsDBNull(2) ? "" : row.GetString(2));
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Code, data, map, built))).AsSpan(0, 8));
        return cache.Set(typeof(MapVersion), new MapData(version, data == map), Fresh);
    }

    /// <summary>After a change that this process knows of.</summary>
    public void Forget() => cache.Remove(typeof(MapVersion));
}
