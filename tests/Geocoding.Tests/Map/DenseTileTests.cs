using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Geocoding.Import;
using Xunit;

namespace Ums.Geocoding.Tests.Map;

/// <summary>A spot with more streets and houses than any town has: 4,000 streets and 40,000 houses within a few hundred metres.</summary>
public sealed class CrowdFixture : GeocodingFixture
{
    protected override async Task LoadAsync()
    {
        await ReplaceSource.RunAsync(Services.GetRequiredService<NpgsqlDataSource>(), "crowd", "1", () => ([.. Enumerable.Range(0, 4000).Select(Street)], []), CancellationToken.None);
        await MapIsFreshAsync();
    }

    private static StreetRow Street(int street)
    {
        var start = new Position(59.3410 + (street / 64 * 0.00002), 18.0400 + (street % 64 * 0.00003));
        var houses = Enumerable.Range(1, 10).Select(number => new AddressRow(
            $"{street}-{number}", number, null, "11399", $"Orten {street % 500}", start with { Longitude = start.Longitude + (number * 0.00001) }, null, null, null, null)).ToList();
        return new($"Den långa trånga gatan nummer {street}", "0180", "Stockholm", "street", [.. houses.Select(house => house.Position), start with { Latitude = start.Latitude + 0.003 }], houses);
    }
}

public sealed class DenseTileTests(CrowdFixture geocoding) : IClassFixture<CrowdFixture>
{
    public static TheoryData<int> Zooms => [.. Enumerable.Range(0, 17)];

    [Theory]
    [MemberData(nameof(Zooms))]
    public async Task A_tile_is_never_large(int zoom)
    {
        var tile = await geocoding.Client.GetByteArrayAsync(Stockholm.Tile(zoom));
        Assert.InRange(tile.Length, 1, 500_000);
    }
}
