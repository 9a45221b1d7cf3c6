namespace Ums.Geocoding.Search;

/// <summary>Finds the address that somebody meant. The steps, in order; each has its own file.</summary>
internal sealed class MatchAddress(FindStreets findStreets, FindHouses findHouses, KnownPlaces places)
{
    public sealed record Result(Category Category, IReadOnlyList<ScoredAddress> Addresses);

    /// <param name="municipalities">Codes whose addresses stand first; empty where none is preferred.</param>
    public async Task<Result> RunAsync(AddressFields typed, IReadOnlySet<string> municipalities, int limit, CancellationToken cancellationToken)
    {
        var query = ReadAddress.Read(typed, (await places.GetAsync(cancellationToken)).Plain);
        if (query.Names.Count == 0)
        {
            return new Result(Category.C, []);
        }

        var streets = await findStreets.RunAsync(query, municipalities, cancellationToken);
        var houses = await findHouses.RunAsync(query, streets, cancellationToken);
        var fits = streets.ToDictionary(street => street.Street.Id, street => street.Fit);
        var scored = houses.Select(house => ScoreAddress.Of(query, house, fits[house.Street.Id]));
        var (category, shown) = RankAddresses.Rank(query, scored, municipalities, limit);
        return new Result(category, shown);
    }
}
