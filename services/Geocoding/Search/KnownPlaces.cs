using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Ums.Geocoding.Search;

/// <summary>The places and municipalities that the table knows; few, and read again now and then.</summary>
internal sealed class KnownPlaces(NpgsqlDataSource database, IMemoryCache cache)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <param name="Plain">Plain keys of every postal place and municipality.</param>
    /// <param name="Municipalities">Code to plain key of the name.</param>
    public sealed record Names(IReadOnlySet<string> Plain, IReadOnlyDictionary<string, string> Municipalities)
    {
        public string MunicipalityOf(string code) => Municipalities.GetValueOrDefault(code, "");

        public IEnumerable<string> CodesOf(string? plain) => Municipalities.Where(municipality => municipality.Value == plain).Select(municipality => municipality.Key);
    }

    public async ValueTask<Names> GetAsync(CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(typeof(KnownPlaces), out Names? names))
        {
            return names!;
        }

        names = await ReadAsync(cancellationToken);
        return cache.Set(typeof(KnownPlaces), names, Fresh);
    }

    private async Task<Names> ReadAsync(CancellationToken cancellationToken)
    {
        var places = new HashSet<string>();
        var municipalities = new Dictionary<string, string>();
        await using var command = database.CreateCommand("select null, place_plain from streets group by place_plain union all select code, name from municipalities");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var plain = NameKey.PlainOf(rows.GetString(1));
            places.Add(plain);
            if (!rows.IsDBNull(0))
            {
                municipalities[rows.GetString(0)] = plain;
            }
        }

        return new Names(places, municipalities);
    }
}
