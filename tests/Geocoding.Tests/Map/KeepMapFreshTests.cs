using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Geocoding.Import;
using Ums.Geocoding.Map;
using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

public sealed class KeepMapFreshTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task After_an_import_the_map_shows_what_came_and_browsers_are_told()
    {
        using var before = await geocoding.Client.GetAsync(Stockholm.Tile(14));
        await LoadAsync("Nydragna vägen", "1");
        await Eventually.PassesAsync(async () =>
        {
            using var after = await geocoding.Client.GetAsync(Stockholm.Tile(14));
            Assert.Contains("Nydragna vägen", Encoding.UTF8.GetString(await after.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
            Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        }, TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task Of_many_at_once_one_builds_it()
    {
        var map = geocoding.Services.GetRequiredService<KeepMapFresh>();
        await LoadAsync("Tävlingsvägen", "2");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => map.RefreshAsync(CancellationToken.None)));
        await Eventually.TrueAsync(() => geocoding.QueryAsync<bool>("select map_stamp() = stamp from map_state"));
        var built = await geocoding.QueryAsync<DateTime>("select built_at from map_state");
        Assert.False(await map.RefreshAsync(CancellationToken.None));
        Assert.Equal(built, await geocoding.QueryAsync<DateTime>("select built_at from map_state"));
        Assert.Equal(0, await geocoding.QueryAsync<long>("select count(*) from pg_class where relname like 'map\\_%\\_next'"));
    }

    [Fact]
    public async Task While_it_is_built_the_old_one_is_served_and_kept_by_nobody_for_long()
    {
        await Eventually.TrueAsync(() => geocoding.QueryAsync<bool>("select map_stamp() = stamp from map_state"));
        // Whoever holds the lock is building it, as far as the service can tell.
        await using var builder = new NpgsqlConnection(geocoding.ConnectionString);
        await builder.OpenAsync();
        await using (var hold = new NpgsqlCommand("begin; select pg_advisory_xact_lock(7168624)", builder))
            await hold.ExecuteNonQueryAsync();
        await LoadAsync("Ofärdiga vägen", "3");
        geocoding.Services.GetRequiredService<MapVersion>().Forget();
        using var tile = await geocoding.Client.GetAsync(Stockholm.Tile(14));
        var text = Encoding.UTF8.GetString(await tile.Content.ReadAsByteArrayAsync());
        Assert.Contains("Sankt Eriksgatan", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ofärdiga vägen", text, StringComparison.Ordinal);
        Assert.True(tile.Headers.CacheControl?.MaxAge < TimeSpan.FromMinutes(1));
    }

    private Task<bool> LoadAsync(string street, string version) => ReplaceSource.RunAsync(
        geocoding.Services.GetRequiredService<NpgsqlDataSource>(), "new", version, () => ([Street(street)], []), CancellationToken.None);

    private static StreetRow Street(string name) => new(
        name, "0180", "Stockholm", "street", [new(59.341, 18.040), new(59.342, 18.045)], [new("new-1", 1, null, "11399", "Stockholm", new(59.341, 18.040), null, null, null, null)]);
}
