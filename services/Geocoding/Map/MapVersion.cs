using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Ums.Geocoding.Map;

/// <summary>One short word for all that tiles are made from, data and code; it changes when either does, and makes the ETags.</summary>
internal sealed class MapVersion(NpgsqlDataSource database, IMemoryCache cache)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly string Code = typeof(MapVersion).Assembly.ManifestModule.ModuleVersionId.ToString();

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(typeof(MapVersion), out string? version))
        {
            return version!;
        }

        await using var command = database.CreateCommand("select coalesce(string_agg(name || version || loaded_at, ',' order by name), '') from sources");
        var data = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Code + data)).AsSpan(0, 8));
        return cache.Set(typeof(MapVersion), version, Fresh);
    }
}
