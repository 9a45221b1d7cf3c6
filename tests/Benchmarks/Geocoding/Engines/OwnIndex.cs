using Ums.Geocoding.Indexing;
using Ums.Geocoding.Search;

namespace Ums.Benchmarks.Geocoding.Engines;

/// <summary>The address service's own index and search, without the service around them.</summary>
internal sealed class OwnIndex : IEngine
{
    private static readonly HashSet<string> NoneIsPreferred = [];
    private AddressIndex index = AddressIndex.Empty;

    public string Name => "ours";

    public Task LoadAsync(string addresses, Action<string> progress)
    {
        var builder = new AddressIndexBuilder(MunicipalityNames.Scandinavian);
        foreach (var row in AddressFile.Read(addresses))
        {
            builder.Add(new AddressRecord(
                row.Id, row.Street, row.Number, row.Letter, row.Postcode, row.Place, row.MunicipalityCode, row.Latitude, row.Longitude, row.Gnr, row.Bnr, row.Fnr, row.Snr));
        }

        progress("read, building");
        index = builder.Build();
        return Task.CompletedTask;
    }

    public Answer Search(Query query)
    {
        var typed = new AddressFields { Street = query.Street, Number = query.Number, Postcode = query.Postcode, Place = query.Place };
        var result = MatchAddress.Find(index, typed, NoneIsPreferred, limit: 5);
        return new(result.Category, [.. result.Matches.Select(match => match.Address.Id)]);
    }

    public ValueTask DisposeAsync()
    {
        index = AddressIndex.Empty;
        return ValueTask.CompletedTask;
    }
}
