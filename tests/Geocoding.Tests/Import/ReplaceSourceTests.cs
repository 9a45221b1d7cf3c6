using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Geocoding.Import;
using Xunit;

namespace Ums.Geocoding.Tests.Import;

public sealed class ReplaceSourceTests(GeocodingFixture geocoding) : IClassFixture<GeocodingFixture>
{
    [Fact]
    public async Task The_same_version_is_loaded_once()
    {
        Assert.True(await LoadAsync("once", "1", Street("Ensamvägen", "once-1")));
        Assert.False(await LoadAsync("once", "1", Street("Ensamvägen", "once-1")));
        Assert.Equal(1, await CountAsync("once"));
    }

    [Fact]
    public async Task Several_at_once_load_it_once()
    {
        var loaded = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LoadAsync("race", "1", Street("Tävlingsvägen", "race-1"))));
        Assert.Single(loaded, true);
        Assert.Equal(1, await CountAsync("race"));
    }

    [Fact]
    public async Task A_later_version_replaces_the_earlier_and_leaves_other_sources_alone()
    {
        await LoadAsync("later", "1", Street("Gamlavägen", "later-1", "later-2"));
        await LoadAsync("later", "2", Street("Nyavägen", "later-2"));
        Assert.Equal(1, await CountAsync("later"));
        Assert.Equal("Nyavägen", await geocoding.QueryAsync<string>("select street from addresses where id = 'later-2'"));
        Assert.True(await CountAsync("tests") > 20);
    }

    [Fact]
    public async Task What_cannot_be_loaded_leaves_what_was_there()
    {
        await LoadAsync("whole", "1", Street("Helavägen", "whole-1"));
        await Assert.ThrowsAsync<PostgresException>(() => LoadAsync("whole", "2", Street("Trasigavägen", "whole-2", "whole-2")));
        Assert.Equal("Helavägen", await geocoding.QueryAsync<string>("select street from addresses where id = 'whole-1'"));
    }

    private Task<bool> LoadAsync(string source, string version, StreetRow street) =>
        ReplaceSource.RunAsync(geocoding.Services.GetRequiredService<NpgsqlDataSource>(), source, version, () => ([street], []), CancellationToken.None);

    private Task<long> CountAsync(string source) =>
        geocoding.QueryAsync<long>("select count(*) from addresses a join streets s on s.id = a.street_id where s.source = $1", source);

    private static StreetRow Street(string name, params string[] ids) => new(name, "2506", "Arjeplog", "street", [], [.. ids.Select((id, index) =>
        new AddressRow(id, index + 1, null, "93831", "Arjeplog", new Position(66.05, 17.88), null, null, null, null))]);
}
