using System.Collections;
using Ums.Geocoding.Indexing;

namespace Ums.Geocoding.Search;

/// <summary>Finds the address that somebody meant. The steps, in order; each has its own file.</summary>
internal static class MatchAddress
{
    /// <summary>An address with how well it agrees, from 0 to 1.</summary>
    public sealed record Match(IndexedAddress Address, double Score);

    public sealed record Result(Category Category, IReadOnlyList<Match> Matches);

    /// <param name="municipalities">Codes whose addresses stand first; empty where none is preferred.</param>
    public static Result Find(AddressIndex index, AddressFields typed, IReadOnlySet<string> municipalities, int limit)
    {
        var query = ReadAddress.Read(typed, new NamesOfIndex(index));
        if (query.Names.Count == 0)
        {
            return new Result(Category.C, []);
        }

        var searches = SearchPool.Of(index);
        var search = searches.Rent();
        try
        {
            search.Begin(query, Preferred(index, municipalities));
            FindStreets.Run(search);
            FindHouses.Run(search, search.Houses);
            var category = RankHouses.Run(search, search.Houses, limit);
            return new Result(category, [.. search.Houses.Select(house => new Match(index.AddressOf(house.House), house.Score))]);
        }
        finally
        {
            searches.Return(search);
        }
    }

    private static BitArray? Preferred(AddressIndex index, IReadOnlySet<string> municipalities)
    {
        if (municipalities.Count == 0)
        {
            return null;
        }

        var preferred = new BitArray(index.Areas.MunicipalityCount);
        for (var municipality = 0; municipality < preferred.Count; municipality++)
        {
            preferred[municipality] = municipalities.Contains(index.Areas.MunicipalityOf(municipality).Code);
        }

        return preferred;
    }
}
