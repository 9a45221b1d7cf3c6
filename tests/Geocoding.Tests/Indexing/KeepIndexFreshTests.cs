using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ums.Geocoding.Import;
using Ums.Geocoding.Indexing;
using Ums.Testing;
using Xunit;

namespace Ums.Geocoding.Tests.Indexing;

public sealed class KeepIndexFreshTests(KeepIndexFreshTests.WithSnapshot geocoding) : IClassFixture<KeepIndexFreshTests.WithSnapshot>
{
    public sealed class WithSnapshot : GeocodingFixture
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("ums-index-").FullName;

        public string File => Path.Combine(Folder, "kept", "addresses.index");

        protected override void Configure(IDictionary<string, string?> settings) => settings["Index:Snapshot"] = File;

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }

    [Fact]
    public async Task New_data_is_served_soon_and_readers_see_the_old_or_the_new_whole()
    {
        var current = geocoding.Services.GetRequiredService<CurrentIndex>();
        var before = current.Value.Houses.Count;
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var counts = new HashSet<int>();
            while (!stop.IsCancellationRequested)
            {
                counts.Add(SmallIndex.All(current.Value).Count(address => address.Street.Length > 0));
            }

            return counts;
        });

        StreetRow street = SmallCountry.Streets[0] with { Addresses = [.. SmallCountry.Streets[0].Addresses.Select(address => address with { Id = "more " + address.Id })] };
        var database = geocoding.Services.GetRequiredService<NpgsqlDataSource>();
        await ReplaceSource.RunAsync(database, "more", "1", () => ([street], []), CancellationToken.None);
        await Eventually.TrueAsync(() => current.Value.Houses.Count == before + street.Addresses.Count, TimeSpan.FromSeconds(15));
        await stop.CancelAsync();
        Assert.All(await reader, count => Assert.Contains(count, new[] { before, before + street.Addresses.Count }));
    }

    [Fact]
    public async Task The_next_start_takes_the_snapshot_and_a_broken_one_is_made_anew()
    {
        var table = geocoding.Services.GetRequiredService<ReadAddressTable>();
        var stamp = await table.StampAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => CanBeLoaded(stamp), TimeSpan.FromSeconds(15));

        await File.WriteAllTextAsync(geocoding.File, "no index");
        var current = new CurrentIndex();
        using var next = ActivatorUtilities.CreateInstance<KeepIndexFresh>(geocoding.Services, current);
        await next.RefreshAsync(CancellationToken.None);
        Assert.NotEqual(0, current.Value.Houses.Count);
        Assert.True(CanBeLoaded(await table.StampAsync(CancellationToken.None)));
    }

    private bool CanBeLoaded(string stamp)
    {
        try
        {
            return Snapshot.Load(geocoding.File, stamp).Houses.Count > 0;
        }
        catch (UnusableSnapshotException)
        {
            return false;
        }
    }
}
