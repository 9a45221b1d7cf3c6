using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

/// <summary>Tiles have half a second.</summary>
public sealed class HastyMapFixture : GeocodingFixture
{
    protected override void Configure(IDictionary<string, string?> settings) => settings["Map:TileLimit"] = "00:00:00.5";
}

public sealed class TileLimitTests(HastyMapFixture geocoding) : IClassFixture<HastyMapFixture>
{
    [Fact]
    public async Task A_tile_that_takes_too_long_is_a_503_and_leaves_the_database_alone()
    {
        using var before = await geocoding.Client.GetAsync(Stockholm.Tile(14));
        await using var held = await Held.TableAsync(geocoding, "map_streets");
        using (var late = await geocoding.Client.GetAsync(Stockholm.Tile(13)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
            Assert.Equal("urn:ums:problem:map-busy", (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
            Assert.True(late.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.Null(late.Headers.ETag);
        }

        await Eventually.TrueAsync(async () => await Held.WaitingAsync(geocoding) == 0);
        // What was drawn before comes from memory.
        using var kept = await geocoding.Client.GetAsync(Stockholm.Tile(14));
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        await held.DisposeAsync();
        using var now = await geocoding.Client.GetAsync(Stockholm.Tile(13));
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
    }
}

public sealed class SingleFlightTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task A_tile_that_many_ask_for_is_drawn_once_even_if_the_first_of_them_leaves()
    {
        using var warm = await geocoding.Client.GetAsync(Stockholm.Tile(12));
        await using var held = await Held.TableAsync(geocoding, "map_streets");
        using var leaving = new CancellationTokenSource();
        var first = geocoding.Client.GetAsync(Stockholm.Tile(14), leaving.Token);
        await Eventually.TrueAsync(async () => await Held.WaitingAsync(geocoding) == 1);
        var others = Enumerable.Range(0, 20).Select(_ => geocoding.Client.GetByteArrayAsync(Stockholm.Tile(14))).ToList();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(1, await Held.WaitingAsync(geocoding));
        await held.DisposeAsync();
        var tiles = await Task.WhenAll(others);
        Assert.All(tiles, tile => Assert.Equal(tiles[0], tile));
    }
}

/// <summary>A table that nobody else can read just now, and who waits for one.</summary>
internal sealed class Held(NpgsqlConnection connection) : IAsyncDisposable
{
    public static async Task<Held> TableAsync(GeocodingFixture geocoding, string table)
    {
        var connection = new NpgsqlConnection(geocoding.ConnectionString);
        await connection.OpenAsync();
        await using var hold = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", connection);
        await hold.ExecuteNonQueryAsync();
        return new Held(connection);
    }

    public static Task<long> WaitingAsync(GeocodingFixture geocoding) => geocoding.QueryAsync<long>(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%st_asmvt%' and pid <> pg_backend_pid()");

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
