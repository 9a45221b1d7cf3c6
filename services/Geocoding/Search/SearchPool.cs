using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>The searches of one index that are not under way; never more than ran at the same time, and gone with the index.</summary>
internal sealed class SearchPool(AddressIndex index)
{
    private static readonly ConditionalWeakTable<AddressIndex, SearchPool> Pools = [];

    private readonly ConcurrentBag<StreetSearch> free = [];

    public static SearchPool Of(AddressIndex index) => Pools.GetValue(index, static of => new SearchPool(of));

    public StreetSearch Rent() => free.TryTake(out var search) ? search : new StreetSearch(index);

    public void Return(StreetSearch search) => free.Add(search);
}
